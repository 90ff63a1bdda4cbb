using Microsoft.EntityFrameworkCore;
using Nexus.Data.Audit;
using Nexus.Data.Identity;
using Nexus.Data.Lineage;

namespace Nexus.Data.Registry;

/// <summary>Moves a model version to another stage, within the transaction of who asks for it.</summary>
internal static class StageChange
{
    public static string Subject(string model, int version) => $"model/{model}@{version}";

    /// <summary>To Production: archives the former one in the same save. Agents that follow the model count one more change of what they serve.</summary>
    public static async Task ApplyAsync(
        NexusDb db, Model model, ModelVersion version, Stage to, string reason, Guid? approvalId, Actor actor, TimeProvider time, CancellationToken ct)
    {
        var from = version.Stage;
        var former = model.ProductionVersion;
        version.Stage = to;
        if (to == Stage.Production)
        {
            if (former is { } number)
            {
                var archived = await db.ModelVersions.SingleAsync(v => v.ModelId == model.Id && v.Version == number, ct);
                archived.Stage = Stage.Archived;
            }

            model.ProductionVersion = version.Version;
        }
        else if (former == version.Version)
        {
            model.ProductionVersion = null;
        }

        if (model.ProductionVersion != former) await TellAgentsAsync(db, model, time, ct);
        Ledger.Append(db, actor, "model.transitioned", Subject(model.Name, version.Version), new
        {
            from,
            to,
            reason,
            approval = approvalId,
            archived = to == Stage.Production ? former : null,
            digest = version.Digest,
        });
    }

    private static async Task TellAgentsAsync(NexusDb db, Model model, TimeProvider time, CancellationToken ct)
    {
        foreach (var agent in await db.Agents.Where(a => a.ModelName == model.Name).ToListAsync(ct))
        {
            (agent.PlanRevision, agent.ServedVersion, agent.ChangedAt) = (agent.PlanRevision + 1, model.ProductionVersion, time.GetUtcNow());
            if (model.ProductionVersion is { } serving)
            {
                await LineageGraph.AddAsync(db, Subject(model.Name, serving), "serves", $"agent/{agent.Name}", time, ct);
            }
        }
    }
}
