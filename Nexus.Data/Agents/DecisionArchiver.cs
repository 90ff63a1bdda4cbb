using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Nexus.Data.Datasets;
using Nexus.Data.Storage;
using Nexus.Data.Storage.Databases;

namespace Nexus.Data.Agents;

/// <summary>
/// Moves decisions of days long past from the database to Parquet blobs. The blob is whole on the disk before the one transaction
/// that names it and deletes the rows: a kill in between leaves a blob that nobody names, and the next round begins again.
/// </summary>
public sealed class DecisionArchiver(
    IDbContextFactory<NexusDb> contexts, BlobStore blobs, TableEngine engine, IOptions<DecisionOptions> options, TimeProvider time)
{
    /// <summary>What one transaction moves: others wait meanwhile.</summary>
    internal const int RowsPerFile = 20_000;

    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(100);

    /// <summary>Moves all that is due.</summary>
    /// <returns>How many decisions were moved.</returns>
    public async Task<long> RunAsync(CancellationToken ct)
    {
        if (options.Value.KeepDays == 0) return 0;
        var until = Midnight(time.GetUtcNow()).AddDays(-options.Value.KeepDays);
        List<Guid> agents;
        await using (var db = await contexts.CreateDbContextAsync(ct)) agents = await db.Agents.Select(a => a.Id).ToListAsync(ct);
        var moved = 0L;
        foreach (var agent in agents)
        {
            while (await MoveAsync(agent, until, ct) is > 0 and var rows)
            {
                moved += rows;
                await Task.Delay(Breath, time, ct);
            }
        }

        return moved;
    }

    private async Task<int> MoveAsync(Guid agent, DateTimeOffset until, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var old = db.Decisions.Where(d => d.AgentId == agent && d.At < until);
        var rows = await NextAsync(old, ct);
        if (rows.Count == 0) return 0;
        var archive = await WriteAsync(agent, rows, ct); // before the turn: others wait for the rows' deletion, not for the file

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.TakeTurnAsync(Turn.Decisions, ct); // nothing is told to these rows from here on
        var now = await NextAsync(old, ct);
        if (now.Count == 0) return 0;
        if (!AreAlike(rows, now)) (rows, archive) = (now, await WriteAsync(agent, now, ct)); // something was told meanwhile, or came or went
        db.DecisionArchives.Add(archive);
        await db.SaveChangesAsync(ct);

        var (first, last) = (rows[0].At, rows[^1].At);
        var same = rows.Where(d => d.At == last).Select(d => d.Id).ToList();
        var deleted = await old.Where(d => d.At >= first && (d.At < last || (d.At == last && same.Contains(d.Id)))).ExecuteDeleteAsync(ct);
        if (deleted != rows.Count) throw new InvalidOperationException($"{rows.Count} decisions were written and {deleted} would be deleted; nothing is.");
        await transaction.CommitAsync(ct);
        return rows.Count;
    }

    /// <summary>Of the first day that has any, as many as go into a file.</summary>
    private static async Task<List<Decision>> NextAsync(IQueryable<Decision> old, CancellationToken ct)
    {
        if (await old.OrderBy(d => d.At).Select(d => (DateTimeOffset?)d.At).FirstOrDefaultAsync(ct) is not { } first) return [];
        var end = Midnight(first).AddDays(1);
        return await old.AsNoTracking().Where(d => d.At >= first && d.At < end).OrderBy(d => d.At).ThenBy(d => d.Id).Take(RowsPerFile).ToListAsync(ct);
    }

    /// <summary>Nothing else of a decision changes once it is written.</summary>
    private static bool AreAlike(List<Decision> a, List<Decision> b) =>
        a.Count == b.Count && a.Zip(b).All(pair => pair.First.Id == pair.Second.Id && pair.First.TrueLabel == pair.Second.TrueLabel && pair.First.LabeledAt == pair.Second.LabeledAt);

    private async Task<DecisionArchive> WriteAsync(Guid agent, List<Decision> rows, CancellationToken ct)
    {
        var path = blobs.NewPath();
        BlobRef blob;
        try
        {
            await DecisionFile.WriteAsync(engine, rows, path, ct);
            blob = await blobs.AdoptAsync(path, ct);
        }
        finally
        {
            File.Delete(path);
        }

        return new()
        {
            Id = Ids.New(time),
            AgentId = agent,
            Day = Midnight(rows[0].At),
            Digest = blob.Digest,
            Rows = rows.Count,
            FirstAt = rows[0].At,
            LastAt = rows[^1].At,
            FirstId = rows.Min(d => Ids.TimeOf(d.Id)),
            LastId = rows.Max(d => Ids.TimeOf(d.Id)),
            CreatedAt = UtcMicroseconds.Truncate(time.GetUtcNow()),
        };
    }

    private static DateTimeOffset Midnight(DateTimeOffset at) => new(at.UtcDateTime.Date, TimeSpan.Zero);
}
