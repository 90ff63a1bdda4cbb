using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Governance;
using Nexus.Data.Lineage;
using Nexus.Data.Pipelines;
using Nexus.Data.Registry;

namespace Nexus.Web.Registry;

/// <summary>Gathers what a card is drawn from.</summary>
public sealed class CardReader(
    IDbContextFactory<NexusDb> contexts, ModelCatalog catalog, ModelCardService cards, ExplanationCatalog explanations, RunService runs, LineageService lineage)
{
    /// <exception cref="RefusedException">NotFound.</exception>
    public async Task<CardFacts> ReadAsync(string model, int version, CancellationToken ct)
    {
        var view = await catalog.GetVersionAsync(model, version, ct);
        var evaluation = await catalog.EvaluationAsync(model, version, ct);
        var (explained, _) = await explanations.NewestAsync(model, version, ct);
        var subject = $"model/{model}@{version}";
        await using var db = await contexts.CreateDbContextAsync(ct);
        var signatures = await db.Approvals.AsNoTracking().Where(a => a.Subject == subject && a.State == ApprovalState.Approved).OrderBy(a => a.CreatedAt)
            .Select(a => new { a.DecidedBy, a.DecidedAt, a.RequestedBy, a.Comment }).Take(50).ToListAsync(ct);
        return new(
            await catalog.GetAsync(model, ct), view, await cards.GetAsync(model, version, ct),
            evaluation is null ? null : CanonicalJson.Read<EvaluationReport>(evaluation), explained,
            view.RunId is { } run ? await EnvironmentAsync(run, ct) : null,
            [.. signatures.Select(s => new CardSignature(s.DecidedBy ?? "", s.DecidedAt ?? default, s.RequestedBy, s.Comment ?? ""))],
            [.. (await lineage.GetAsync(new(subject), ct)).Edges.OrderBy(e => e.At)]);
    }

    private async Task<System.Text.Json.Nodes.JsonObject?> EnvironmentAsync(Guid run, CancellationToken ct)
    {
        try
        {
            return (await runs.GetAsync(run, ct)).Environment;
        }
        catch (RefusedException refused) when (refused.Kind == RefusalKind.NotFound)
        {
            return null;
        }
    }
}
