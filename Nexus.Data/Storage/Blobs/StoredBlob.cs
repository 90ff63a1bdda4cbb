namespace Nexus.Data.Storage.Blobs;

/// <param name="TouchedAt">When it was put, or put again, last.</param>
internal sealed record StoredBlob(string Digest, DateTimeOffset TouchedAt);
