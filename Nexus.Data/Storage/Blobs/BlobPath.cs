namespace Nexus.Data.Storage.Blobs;

/// <summary>How a digest becomes a path: <c>ab/cdef…</c>.</summary>
internal static class BlobPath
{
    public const string Incoming = "incoming";

    public static string Of(string root, string digest) =>
        IsDigest(digest) ? Path.Combine(root, digest[..2], digest[2..]) : throw new ArgumentException("Not a digest.", nameof(digest));

    public static bool IsDigest(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);

    /// <summary>The blobs below a folder, with their digests.</summary>
    public static IEnumerable<(string Digest, FileInfo File)> All(string root) =>
        from folder in new DirectoryInfo(root).EnumerateDirectories("??")
        from file in folder.EnumerateFiles()
        let digest = folder.Name + file.Name
        where IsDigest(digest)
        select (digest, file);
}
