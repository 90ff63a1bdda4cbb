using Nexus.Data;
using Nexus.Data.Datasets;
using Nexus.Data.Storage;

namespace Nexus.Web.Datasets;

/// <summary>What has come of an upload so far. The file is gone when this is disposed, unless it was kept.</summary>
internal sealed class ReceivedUpload(Dictionary<string, string>? types, string? source) : IDisposable
{
    public Dictionary<string, string>? Types { get; set; } = types;

    public string? Source { get; private set; } = source;

    public string? Format { get; private set; }

    public StagedBlob? File { get; private set; }

    /// <exception cref="RefusedException">UnsupportedMediaType, where the format is none of ours.</exception>
    public async Task TakeAsync(Stream content, string? format, string? fileName, DatasetService datasets, CancellationToken ct)
    {
        Format = format ?? throw Refused.Unsupported("A dataset comes as text/csv, application/x-ndjson or application/vnd.apache.parquet, raw or as the file of a form.");
        Source ??= fileName;
        File = await datasets.StageAsync(content, ct);
    }

    public void Dispose() => File?.Dispose();
}
