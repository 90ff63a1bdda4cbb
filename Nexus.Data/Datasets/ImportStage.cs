using System.Diagnostics;
using Nexus.Data.Storage;

namespace Nexus.Data.Datasets;

/// <summary>Tells how long one stage of an import took, from here until it is disposed.</summary>
internal sealed class ImportStage(string name) : IDisposable
{
    public const string Receive = "receive";
    public const string Scan = "scan";
    public const string Convert = "convert";
    public const string Profile = "profile";
    public const string Keep = "keep";

    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly Activity? _span = DataTelemetry.Source.StartActivity($"import {name}");

    public void Dispose()
    {
        _span?.Dispose();
        DataTelemetry.ImportStages.Record(Stopwatch.GetElapsedTime(_began).TotalSeconds, new KeyValuePair<string, object?>("stage", name));
    }
}
