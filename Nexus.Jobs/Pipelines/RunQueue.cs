using System.Collections.Concurrent;
using Hangfire;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Nexus.Data;
using Nexus.Data.Pipelines;

namespace Nexus.Jobs.Pipelines;

/// <summary>
/// Hurries runs along. What it forgets, recovery finds in the database. A free worker looks for a run that somebody started by itself
/// before it looks for one of a sweep: a sweep of hundreds never stands before a person's run, at most those of its runs that work already.
/// </summary>
internal sealed partial class RunQueue(IBackgroundJobClient hangfire, IOptions<NexusOptions> options, ILogger<RunQueue> logger)
{
    /// <summary>In the order in which workers look.</summary>
    public static readonly string[] Names = ["default", "sweeps"];
    private readonly ConcurrentDictionary<Guid, byte> _waiting = new();

    /// <summary>Call after the run's row is committed.</summary>
    public void Enqueue(Run run)
    {
        var runId = run.Id;
        // A node that does no jobs leaves the row for one that does.
        if (!options.Value.Does("jobs") || !_waiting.TryAdd(runId, 0)) return;
        try
        {
            hangfire.Enqueue<RunJob>(Names[run.SweepId is null ? 0 : 1], job => job.ExecuteAsync(runId, CancellationToken.None));
        }
        catch (BackgroundJobClientException failure)
        {
            Done(runId);
            Log.Forgotten(logger, runId, failure); // the row stands, and so does the answer
        }
    }

    public void Done(Guid runId) => _waiting.TryRemove(runId, out _);

    private static partial class Log
    {
        [LoggerMessage(331, LogLevel.Warning, "Run {RunId} could not be queued; recovery takes it up")]
        public static partial void Forgotten(ILogger logger, Guid runId, Exception failure);
    }
}
