using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace Nexus.Data.Pipelines;

/// <summary>Reads the logs of steps.</summary>
public sealed class RunLogService(IDbContextFactory<NexusDb> contexts)
{
    private const int ChunksAtOnce = 200;

    /// <summary>What came after <paramref name="afterId"/> (0: from the start), some hundred chunks at most.</summary>
    /// <param name="attempt">Null: all attempts in a row.</param>
    public async Task<StepLog> TailAsync(Guid stepId, long afterId, int? attempt, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var chunks = await db.StepLogChunks.AsNoTracking()
            .Where(c => c.StepId == stepId && c.Id > afterId && (attempt == null || c.Attempt == attempt))
            .OrderBy(c => c.Id).Take(ChunksAtOnce + 1).ToListAsync(ct);
        var shown = chunks.Take(ChunksAtOnce).ToList();
        return new(shown.Count == 0 ? afterId : shown[^1].Id, string.Concat(shown.Select(c => c.Text)), chunks.Count > ChunksAtOnce);
    }

    /// <summary>The whole log, piece by piece; memory stays flat.</summary>
    public async IAsyncEnumerable<string> ReadAsync(Guid stepId, int? attempt, [EnumeratorCancellation] CancellationToken ct)
    {
        var tail = new StepLog(0, "", true);
        while (tail.More)
        {
            tail = await TailAsync(stepId, tail.LastId, attempt, ct);
            yield return tail.Text;
        }
    }

    /// <exception cref="RefusedException">NotFound: run or step.</exception>
    public async Task<Guid> FindStepAsync(Guid runId, string step, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (!await db.Runs.AnyAsync(r => r.Id == runId, ct)) throw Refused.NotFound("run", runId);
        return await db.RunSteps.Where(s => s.RunId == runId && s.Name == step).Select(s => (Guid?)s.Id).FirstOrDefaultAsync(ct)
            ?? throw Refused.NotFound("step", step);
    }
}
