using System.Diagnostics;
using Microsoft.AspNetCore.Components;
using Nexus.Data;
using Nexus.Data.Storage.Health;

namespace Nexus.Web.Shell;

/// <summary>What stands in place of a part of the frame, or of what is in a dialog, that threw. The page under it stays.</summary>
public sealed partial class FrameFailure : ComponentBase
{
    private string? _means;
    private string? _trace;

    /// <summary>A sentence: what failed.</summary>
    [Parameter, EditorRequired] public string What { get; set; } = "";
    [Parameter, EditorRequired] public Exception Exception { get; set; } = null!;
    [Parameter] public EventCallback Retry { get; set; }
    [Inject] public required ILogger<FrameFailure> Logger { get; init; }

    protected override void OnInitialized()
    {
        _means = (Exception as RefusedException)?.Message ?? Outage.Of(Exception);
        if (_means is not null) return;
        (_means, _trace) = ("The page works on; nothing that you had saved is lost.", Activity.Current?.TraceId.ToString() ?? ActivityTraceId.CreateRandom().ToString());
        Log.Failed(Logger, Exception, _trace);
    }

    private static partial class Log
    {
        [LoggerMessage(112, LogLevel.Error, "A part of the frame failed; trace {Trace}")]
        public static partial void Failed(ILogger logger, Exception exception, string trace);
    }
}
