using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nexus.Data;
using Nexus.Data.Live;
using Nexus.Data.Storage.Databases;
using Nexus.Data.Storage.Health;

namespace Nexus.Inference.Agents;

/// <summary>
/// Brings the journal into the database, in bulk and in order. Decisions, what the sinks derive from them and the position
/// commit together, so that nothing is lost and nothing counted twice, wherever the process ends. What a killed process
/// left is in the database before this node answers.
/// </summary>
internal sealed partial class JournalDrain(
    DecisionJournal journal,
    IDbContextFactory<NexusDb> contexts,
    IEnumerable<IDecisionSink> sinks,
    LiveEvents live,
    TimeProvider time,
    ILogger<JournalDrain> logger) : BackgroundService
{
    // Short transactions: others write too, and the lock is one. What each costs whatever it writes counts where many come:
    // then they are longer, and still some 50 ms.
    private const int RowsPerTransaction = 2000;
    private const int RowsWhereManyCome = 8000;
    private const int FullOnes = 2;
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private JournalCursor? _cursor;
    private Position? _drained;
    private long _kept;
    private int _full;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            var positions = await db.JournalPositions.AsNoTracking().ToDictionaryAsync(p => p.Journal, p => p.Segment, cancellationToken);
            journal.Open(id => positions.GetValueOrDefault(id));
        }

        await DrainAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        journal.Flush();
        try
        {
            await DrainAsync(cancellationToken);
        }
        catch (Exception e) when (e is OperationCanceledException || Outage.Of(e) is not null)
        {
            Log.Failed(logger, e); // the next start finds them in the journal
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _cursor?.Dispose();
        _turn.Dispose();
    }

    /// <summary>Drains all that is written now; nothing on a node that answers nothing.</summary>
    internal async Task DrainAsync(CancellationToken ct)
    {
        if (!journal.IsOpen) return;
        await _turn.WaitAsync(ct);
        try
        {
            while (await DrainOnceAsync(ct)) await Task.Delay(Breath, time, ct);
            await DropDrainedAsync(ct);
        }
        catch
        {
            // Read again from where the database has it.
            _cursor?.Dispose();
            _cursor = null;
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>What is written and not yet in the database, read from what both last said.</summary>
    internal long BacklogBytes()
    {
        var at = journal.Current;
        if (Volatile.Read(ref _drained) is not { } drained || at == 0) return 0;
        var bytes = -drained.Offset;
        for (var number = drained.Segment; number <= at; number++) if (number == at || File.Exists(journal.Files.PathOf(number))) bytes += journal.Extent(number).Written;
        return Math.Max(0, bytes);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failing = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Period, time, stoppingToken);
                await DrainAsync(stoppingToken);
                if (failing) Log.Recovered(logger);
                failing = false;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Once for each outage: what it is, the watch tells.
                if (!failing || Outage.Of(e) is null) Log.Failed(logger, e);
                failing = true;
                await Task.Delay(AfterFailure, time, CancellationToken.None);
            }
        }
    }

    /// <returns>Whether there may be more.</returns>
    private async Task<bool> DrainOnceAsync(CancellationToken ct)
    {
        _cursor ??= await CursorAsync(ct);
        var batch = _cursor.Next(_full < FullOnes ? RowsPerTransaction : RowsWhereManyCome);
        _full = _cursor.IsFull ? _full + 1 : 0;
        if (batch.Decisions.Count + batch.Failures.Count > 0) await WriteAsync(batch, _cursor, ct);
        SetDrained(_cursor);
        return _cursor.IsFull;
    }

    private async Task WriteAsync(JournalBatch batch, JournalCursor cursor, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        using var span = InferenceTelemetry.Source.StartActivity("journal drain")?.SetTag("nexus.rows", batch.Decisions.Count);
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.Provider.RelaxAsync(db, ct); // the journal holds it until a flushed commit
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.TakeTurnAsync(Turn.Decisions, ct);
        await DecisionInsert.WriteAsync(db, batch.Decisions, ct);
        foreach (var sink in sinks) await sink.WriteAsync(db, batch, ct);
        await SavePositionAsync(db, cursor, ct);
        await transaction.CommitAsync(ct);
        InferenceTelemetry.Drains.Record(time.GetElapsedTime(started).TotalSeconds);
        InferenceTelemetry.Drained.Add(batch.Decisions.Count);
        Publish(batch.Decisions);
    }

    private void Publish(IReadOnlyList<JournaledDecision> decisions)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int from = 0, to = 0; from < decisions.Count; from = to)
        {
            var schema = decisions[from].Schema;
            while (to < decisions.Count && ReferenceEquals(decisions[to].Schema, schema)) to++;
            counts[schema.Agent] = counts.GetValueOrDefault(schema.Agent) + to - from;
        }

        foreach (var (agent, count) in counts) live.Publish($"agent:{agent}", "decisions", new { count });
    }

    private void SetDrained(JournalCursor cursor)
    {
        Volatile.Write(ref _drained, new(cursor.Segment, cursor.Offset));
        journal.SetBacklog(BacklogBytes());
    }

    private async Task<JournalCursor> CursorAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var at = await db.JournalPositions.AsNoTracking().FirstOrDefaultAsync(p => p.Journal == journal.Files.Id, ct);
        var cursor = new JournalCursor(journal, at?.Segment ?? journal.Files.First(), at?.Offset ?? 0);
        SetDrained(cursor);
        return cursor;
    }

    private async Task SavePositionAsync(NexusDb db, JournalCursor cursor, CancellationToken ct)
    {
        var (id, segment, offset) = (journal.Files.Id, cursor.Segment, cursor.Offset);
        var saved = await db.JournalPositions.Where(p => p.Journal == id)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.Segment, segment).SetProperty(p => p.Offset, offset), ct);
        if (saved > 0) return;
        db.JournalPositions.Add(new() { Journal = id, Segment = segment, Offset = offset });
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Deletes segments that the database holds, once it holds them on the device.</summary>
    private async Task DropDrainedAsync(CancellationToken ct)
    {
        if (_cursor is null || _cursor.Segment == _kept) return;
        var drained = journal.Files.Numbers().Where(number => number < _cursor.Segment).ToList();
        if (drained.Count > 0)
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            await SavePositionAsync(db, _cursor, ct); // A flushed commit flushes all that were not before it.
            foreach (var number in drained) journal.Files.Delete(number);
        }

        _kept = _cursor.Segment;
    }

    /// <summary>How far the database has it.</summary>
    private sealed record Position(long Segment, long Offset);

    private static partial class Log
    {
        [LoggerMessage(310, LogLevel.Error, "Decisions could not be brought from the journal into the database; they stay in the journal")]
        public static partial void Failed(ILogger logger, Exception exception);

        [LoggerMessage(311, LogLevel.Information, "Decisions are brought from the journal into the database again")]
        public static partial void Recovered(ILogger logger);
    }
}
