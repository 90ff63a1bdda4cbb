namespace Nexus.Data.Storage.Blobs;

/// <summary>Where blobs lie for good. What is put again counts as put now, so that the sweep passes it by.</summary>
internal interface IBlobHome
{
    /// <summary>The folder on this machine in which blobs lie, or pass through; files beside them are renamed into it.</summary>
    string Root { get; }

    /// <summary>A cheap look whether it answers; throws where it does not.</summary>
    Task ProbeAsync(CancellationToken ct);

    /// <summary>Takes a finished file over; it may be gone afterwards.</summary>
    Task KeepAsync(string file, BlobRef blob, CancellationToken ct);

    /// <summary>A file of this machine that holds the blob, whole.</summary>
    /// <exception cref="FileNotFoundException">There is no such blob.</exception>
    Task<string> FetchAsync(string digest, CancellationToken ct);

    Task<bool> ExistsAsync(string digest, CancellationToken ct);

    /// <summary>All of them, in no order; one that comes or goes meanwhile may be among them or not.</summary>
    IAsyncEnumerable<StoredBlob> ListAsync(CancellationToken ct);

    /// <summary>Removes it unless it was put since; a put at the same moment wins.</summary>
    /// <returns>Whether it is gone.</returns>
    Task<bool> RemoveAsync(string digest, DateTimeOffset since, CancellationToken ct);
}
