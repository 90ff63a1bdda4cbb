using System.Diagnostics;
using Microsoft.AspNetCore.Components;
using Nexus.Data;
using Nexus.Data.Storage.Health;

namespace Nexus.Web.Shell;

/// <summary>What stands in place of a page that threw: the reason for a refusal, a trace id that the log has too for all else.</summary>
public sealed partial class PageFailure : ComponentBase
{
    private static readonly string[] Topics = [SystemHealth.Topic];
    private string _trace = "";
    private string? _lacking;

    [Parameter, EditorRequired] public Exception Exception { get; set; } = null!;
    [Parameter] public EventCallback Retry { get; set; }
    [Inject] public required ILogger<PageFailure> Logger { get; init; }

    protected override void OnInitialized()
    {
        _trace = Activity.Current?.TraceId.ToString() ?? ActivityTraceId.CreateRandom().ToString();
        _lacking = Outage.Of(Exception);
        if (Exception is not RefusedException && _lacking is null) Log.Failed(Logger, Exception, _trace);
    }

    private static partial class Log
    {
        [LoggerMessage(110, LogLevel.Error, "A page failed; trace {Trace}")]
        public static partial void Failed(ILogger logger, Exception exception, string trace);
    }
}
