namespace Nexus.Data.Storage;

/// <summary>Bytes taken in and hashed, but not yet kept: gone when disposed, unless <see cref="BlobStore.KeepAsync"/> kept them.</summary>
public sealed class StagedBlob(string path, BlobRef blob) : IDisposable
{
    /// <summary>Where the bytes lie until they are kept.</summary>
    public string Path { get; } = path;

    public BlobRef Blob { get; } = blob;

    public void Dispose() => File.Delete(Path);
}
