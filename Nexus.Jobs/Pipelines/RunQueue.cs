using System.Collections.Concurrent;
using Hangfire;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Nexus.Data;
using Nexus.Data.Nodes;
using Nexus.Data.Pipelines;
using Nexus.Data.Storage;

namespace Nexus.Jobs.Pipelines;

/// <summary>
/// Hurries runs along. What it forgets, recovery finds in the database. A free worker looks for a run that somebody started by itself
/// before it looks for one of a sweep: a sweep of hundreds never stands before a person's run, at most those of its runs that work already.
/// </summary>
internal sealed partial class RunQueue(
    IBackgroundJobClient hangfire, DatabaseConnection database, IOptions<NexusOptions> options, TimeProvider time, ILogger<RunQueue> logger)
{
    /// <summary>In the order in which workers look.</summary>
    public static readonly string[] Names = ["default", "sweeps"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<Guid, Waiting> _waiting = new();

    /// <summary>Call after the run's row is committed.</summary>
    /// <param name="isIdle">
    /// A worker of this node has nothing to do: a run that waits for long is in no queue any more, since the worker would have it. Another
    /// node took it from the queue and ended, or gave it back.
    /// </param>
    public void Enqueue(Run run, bool isIdle = false)
    {
        if (!options.Value.Does(NodeRole.Jobs))
        {
            // The queue is the other nodes' too, or else they find the row.
            if (database.Provider.IsShared) TryPut(run);
            return;
        }

        var now = new Waiting(run.LeaseOwner, time.GetTimestamp());
        if (_waiting.TryGetValue(run.Id, out var known))
        {
            var stands = known.Owner == run.LeaseOwner && !(isIdle && time.GetElapsedTime(known.Since) > Patience);
            if (stands || !_waiting.TryUpdate(run.Id, now, known)) return;
        }
        else if (!_waiting.TryAdd(run.Id, now))
        {
            return;
        }

        if (!TryPut(run)) Done(run.Id);
    }

    public void Done(Guid runId) => _waiting.TryRemove(runId, out _);

    /// <summary>Lets go of the runs that other nodes have finished.</summary>
    /// <param name="unfinished">Those that may still wait.</param>
    public void Keep(IReadOnlySet<Guid> unfinished)
    {
        foreach (var (run, waiting) in _waiting)
        {
            if (!unfinished.Contains(run) && time.GetElapsedTime(waiting.Since) > Patience) Done(run);
        }
    }

    private bool TryPut(Run run)
    {
        var runId = run.Id;
        try
        {
            hangfire.Enqueue<RunJob>(Names[run.SweepId is null ? 0 : 1], job => job.ExecuteAsync(runId, CancellationToken.None));
            return true;
        }
        catch (BackgroundJobClientException failure)
        {
            Log.Forgotten(logger, runId, failure); // the row stands, and so does the answer
            return false;
        }
    }

    /// <param name="Owner">Who had it when it was put into the queue; null: nobody.</param>
    private sealed record Waiting(string? Owner, long Since);

    private static partial class Log
    {
        [LoggerMessage(331, LogLevel.Warning, "Run {RunId} could not be queued; recovery takes it up")]
        public static partial void Forgotten(ILogger logger, Guid runId, Exception failure);
    }
}
