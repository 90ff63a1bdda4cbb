namespace Nexus.Data.Storage;

/// <summary>
/// Bytes taken in and hashed, but not yet kept: gone when disposed, unless <see cref="BlobStore.KeepAsync"/> kept them. They can be
/// looked at while they are still on their way to the device.
/// </summary>
public sealed class StagedBlob(string path, BlobRef blob, Task flushed) : IDisposable
{
    /// <summary>Where the bytes lie until they are kept.</summary>
    public string Path { get; } = path;

    public BlobRef Blob { get; } = blob;

    /// <summary>Ends when all bytes are on the device.</summary>
    internal Task Flushed { get; } = flushed;

    public void Dispose() => File.Delete(Path);
}
