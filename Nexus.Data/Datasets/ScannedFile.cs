namespace Nexus.Data.Datasets;

/// <summary>A file proved sound, with what its scan found, and what is converted of it already.</summary>
internal sealed record ScannedFile(string Path, string Format, TableScan Scan, HeadStart? Ahead) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Ahead?.DisposeAsync() ?? ValueTask.CompletedTask;
}
