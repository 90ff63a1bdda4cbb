using Microsoft.EntityFrameworkCore;
using Nexus.Data.Audit;
using Nexus.Data.Identity;
using Nexus.Data.Live;

namespace Nexus.Data.Registry;

/// <summary>
/// Keeps what persons write on the cards of versions, revision by revision. The sections are no part of what an approver signs, and so lapse no
/// approval: what is signed is what was measured, and the version's description, which says what changed.
/// </summary>
public sealed class ModelCardService(IDbContextFactory<NexusDb> contexts, LiveEvents live, TimeProvider time)
{
    /// <exception cref="RefusedException">NotFound.</exception>
    public async Task<ModelCardView> GetAsync(string model, int version, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await ExplanationCatalog.DemandVersionAsync(db, model, version, ct);
        return await ReadAsync(db, model, version, ct);
    }

    /// <param name="sections">All of them.</param>
    /// <param name="revision">The revision that the writer saw; null writes over whatever is there.</param>
    /// <exception cref="RefusedException">Forbidden without the role Engineer; NotFound; Invalid; Conflict where somebody else wrote since.</exception>
    public async Task<ModelCardView> PutAsync(string model, int version, CardSections sections, int? revision, Actor actor, CancellationToken ct)
    {
        actor.Demand(Role.Engineer);
        sections.Check();
        await using var db = await contexts.CreateDbContextAsync(ct);
        var written = await db.TransactAsync(
            async () =>
            {
                await ExplanationCatalog.DemandVersionAsync(db, model, version, ct);
                var now = await ReadAsync(db, model, version, ct);
                if (revision is { } seen && seen != now.Revision) throw Refused.Conflict($"Somebody wrote on the card since: it is at revision {now.Revision}, not {seen}.");
                if (now.Revision > 0 && now.Sections == sections) return now;
                var card = new ModelCardRevision
                {
                    Id = Ids.New(time),
                    ModelName = model,
                    Version = version,
                    Revision = now.Revision + 1,
                    Sections = CanonicalJson.Write(sections),
                    CreatedAt = UtcMicroseconds.Truncate(time.GetUtcNow()),
                    CreatedBy = actor.Name,
                };
                db.ModelCardRevisions.Add(card);
                Ledger.Append(db, actor, "model.card-written", $"model/{model}@{version}", new { revision = card.Revision, sections, before = now.Sections });
                await db.SaveChangesAsync(ct);
                return new ModelCardView(sections, card.Revision, null, card.CreatedBy, card.CreatedAt);
            },
            ct);
        live.Publish("models", "changed", new { model });
        return written;
    }

    private static async Task<ModelCardView> ReadAsync(NexusDb db, string model, int version, CancellationToken ct)
    {
        var card = await db.ModelCardRevisions.AsNoTracking().Where(c => c.ModelName == model && c.Version <= version)
            .OrderByDescending(c => c.Version).ThenByDescending(c => c.Revision).FirstOrDefaultAsync(ct);
        if (card is null) return new(CardSections.None, 0, null, null, null);
        var own = card.Version == version;
        return new(CanonicalJson.Read<CardSections>(card.Sections), own ? card.Revision : 0, own ? null : card.Version, card.CreatedBy, card.CreatedAt);
    }
}
