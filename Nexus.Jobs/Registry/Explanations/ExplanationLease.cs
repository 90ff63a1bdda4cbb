using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Nexus.Data;
using Nexus.Data.Live;
using Nexus.Data.Registry;
using Nexus.Jobs.Pipelines;

namespace Nexus.Jobs.Registry.Explanations;

/// <summary>One worker at a time has an explanation; who lost it writes nothing. What a vanished worker left is taken up by the next.</summary>
internal sealed class ExplanationLease(
    IDbContextFactory<NexusDb> contexts, WorkerIdentity worker, LiveEvents live, TimeProvider time, IOptions<JobsOptions> options)
{
    private const int MaxAttempts = 3;

    /// <summary>The oldest that nobody works on, taken; null where there is none.</summary>
    public async Task<ModelExplanation?> TakeAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var open = await db.ModelExplanations.AsNoTracking().Where(e => e.State == ExplanationState.Queued || e.State == ExplanationState.Running)
            .OrderBy(e => e.CreatedAt).Take(100).ToListAsync(ct);
        foreach (var one in open.Where(e => !IsHeld(e)))
        {
            if (one.State == ExplanationState.Running && one.Attempts >= MaxAttempts)
            {
                await EndAsync(one, ExplanationState.Failed, $"The process that worked on it ended {MaxAttempts} times without finishing; most likely it needs more memory than there is.", null, ct);
                continue;
            }

            var (now, owner, attempts) = (time.GetUtcNow(), one.LeaseOwner, one.Attempts);
            var taken = await db.ModelExplanations.Where(e => e.Id == one.Id && e.LeaseOwner == owner && e.Attempts == attempts && e.State == one.State)
                .ExecuteUpdateAsync(e => e.SetProperty(x => x.State, ExplanationState.Running).SetProperty(x => x.LeaseOwner, worker.Name)
                    .SetProperty(x => x.LeaseUntil, now + options.Value.Lease).SetProperty(x => x.Attempts, attempts + 1).SetProperty(x => x.Progress, 0), ct);
            if (taken == 0) continue;
            Tell(one);
            return await db.ModelExplanations.AsNoTracking().SingleAsync(e => e.Id == one.Id, ct);
        }

        return null;
    }

    /// <returns>False where it is another's by now, or gone.</returns>
    public async Task<bool> KeepAsync(ModelExplanation explanation, double progress, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var until = time.GetUtcNow() + options.Value.Lease;
        var held = await Mine(db, explanation).ExecuteUpdateAsync(e => e.SetProperty(x => x.LeaseUntil, until).SetProperty(x => x.Progress, progress), ct);
        if (held > 0) Tell(explanation);
        return held > 0;
    }

    /// <summary>Gives it back unfinished, so that the next process takes it at once and counts no strike.</summary>
    public async Task ReleaseAsync(ModelExplanation explanation)
    {
        await using var db = await contexts.CreateDbContextAsync();
        await Mine(db, explanation).ExecuteUpdateAsync(e => e.SetProperty(x => x.State, ExplanationState.Queued).SetProperty(x => x.Attempts, x => x.Attempts - 1)
            .SetProperty(x => x.LeaseOwner, (string?)null).SetProperty(x => x.LeaseUntil, (DateTimeOffset?)null));
    }

    public async Task EndAsync(ModelExplanation explanation, ExplanationState state, string? error, Explained? explained, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = time.GetUtcNow();
        var result = explained is null ? null : CanonicalJson.Write(explained.Result);
        var metrics = explained?.Metrics is null ? null : CanonicalJson.Write(explained.Metrics);
        var words = error is { Length: > 4000 } ? error[..3999] + "…" : error;
        await db.ModelExplanations.Where(e => e.Id == explanation.Id && e.LeaseOwner == explanation.LeaseOwner && e.Attempts == explanation.Attempts)
            .ExecuteUpdateAsync(e => e.SetProperty(x => x.State, state).SetProperty(x => x.Error, words).SetProperty(x => x.Result, result)
                .SetProperty(x => x.Scores, explained == null ? null : explained.Scores).SetProperty(x => x.Metrics, metrics).SetProperty(x => x.EndedAt, now)
                .SetProperty(x => x.Progress, 1).SetProperty(x => x.LeaseOwner, (string?)null).SetProperty(x => x.LeaseUntil, (DateTimeOffset?)null), ct);
        Tell(explanation);
    }

    private bool IsHeld(ModelExplanation explanation) =>
        explanation is { LeaseOwner: { } owner, LeaseUntil: { } until } && until > time.GetUtcNow() && !worker.IsGone(owner);

    private IQueryable<ModelExplanation> Mine(NexusDb db, ModelExplanation explanation) =>
        db.ModelExplanations.Where(e => e.Id == explanation.Id && e.LeaseOwner == worker.Name && e.Attempts == explanation.Attempts);

    private void Tell(ModelExplanation explanation) =>
        live.Publish($"explanations:{explanation.ModelName}@{explanation.Version}", "changed", new { id = explanation.Id });
}
