using Microsoft.EntityFrameworkCore;
using Nexus.Data.Agents;
using Nexus.Data.Governance;
using Nexus.Data.Identity;
using Nexus.Data.Live;

namespace Nexus.Data.Registry;

/// <summary>Moves model versions between stages: to Production by approval, elsewhere at once.</summary>
public sealed class TransitionService(
    IDbContextFactory<NexusDb> contexts, ApprovalService approvals, IServedModels served, LiveEvents live, TimeProvider time)
{
    /// <exception cref="RefusedException">
    /// Forbidden without the role Engineer; NotFound; Invalid where the reason is too long; Conflict where it
    /// stands there already or an approval of it is pending.
    /// </exception>
    public async Task<TransitionOutcome> RequestAsync(string model, int version, Stage to, string? reason, Actor actor, CancellationToken ct)
    {
        actor.Demand(Role.Engineer);
        reason = reason?.Trim() ?? "";
        if (reason.Length > 4000) throw Refused.Invalid("reason", "A reason has at most 4,000 characters.");
        if (to == Stage.Production) return new(await approvals.RequestAsync(new(model, version, to), reason, actor, ct));

        await MoveAsync(model, version, to, reason, actor, ct);
        return new(ApprovalId: null);
    }

    private async Task MoveAsync(string name, int number, Stage to, string reason, Actor actor, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var leftProduction = await db.TransactAsync(
            async () =>
            {
                var model = await db.Models.SingleOrDefaultAsync(m => m.Name == name, ct) ?? throw Refused.NotFound("model", name);
                var version = await db.ModelVersions.SingleOrDefaultAsync(v => v.ModelId == model.Id && v.Version == number, ct)
                    ?? throw Refused.NotFound("model version", $"{name}@{number}");
                if (version.Stage == to) throw Refused.Conflict($"{name} {number} is in {to} already.");
                var served = version.Stage == Stage.Production;
                await StageChange.ApplyAsync(db, model, version, to, reason, approvalId: null, actor, time, ct);
                await db.SaveChangesAsync(ct);
                return served;
            },
            ct);
        // The change is committed: whether the caller still waits no longer matters.
        if (leftProduction) await served.RefreshAsync(CancellationToken.None);
        live.Publish("models", "transitioned", new { model = name, version = number, stage = to });
    }
}
