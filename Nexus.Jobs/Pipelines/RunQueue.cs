using System.Collections.Concurrent;
using Hangfire;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Nexus.Data;

namespace Nexus.Jobs.Pipelines;

/// <summary>Hurries runs along. What it forgets, recovery finds in the database.</summary>
internal sealed partial class RunQueue(IBackgroundJobClient hangfire, IOptions<NexusOptions> options, ILogger<RunQueue> logger)
{
    private readonly ConcurrentDictionary<Guid, byte> _waiting = new();

    /// <summary>Call after the run's row is committed.</summary>
    public void Enqueue(Guid runId)
    {
        // A node that does no jobs leaves the row for one that does.
        if (!options.Value.Does("jobs") || !_waiting.TryAdd(runId, 0)) return;
        try
        {
            hangfire.Enqueue<RunJob>(job => job.ExecuteAsync(runId, CancellationToken.None));
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
