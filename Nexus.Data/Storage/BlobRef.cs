namespace Nexus.Data.Storage;

/// <param name="Digest">SHA-256 of the bytes, lower-case hex.</param>
public sealed record BlobRef(string Digest, long Bytes);
