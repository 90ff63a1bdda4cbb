using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Nexus.Data.Feedback;

namespace Nexus.Data.Agents;

/// <summary>Decisions, those in the database and those that have moved to the archive.</summary>
public sealed class DecisionReader(IDbContextFactory<NexusDb> contexts, ArchivedDecisions archive)
{
    /// <exception cref="RefusedException">NotFound.</exception>
    public async Task<DecisionView> GetAsync(Guid id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = await Rows(db).FirstOrDefaultAsync(r => r.Decision.Id == id, ct) ?? await ArchivedAsync(db, id, ct) ?? throw Refused.NotFound("decision", id);
        return (await WithFeedbackAsync(db, [found], ct))[0];
    }

    /// <summary>Newest first.</summary>
    /// <exception cref="RefusedException">NotFound, where there is no such agent.</exception>
    public async Task<Page<DecisionView>> ListAsync(string agent, DecisionFilter filter, PageRequest page, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var id = await db.Agents.Where(a => a.Name == agent).Select(a => (Guid?)a.Id).FirstOrDefaultAsync(ct) ?? throw Refused.NotFound("agent", agent);
        var decisions = Filter(db.Decisions.AsNoTracking().Where(d => d.AgentId == id), filter);
        var rows = await archive.ContinueAsync(db, id, filter, page, await decisions.ToPageAsync(d => d.At, d => d.Id, page, ct), ct);
        var views = await WithFeedbackAsync(db, [.. rows.Items.Select(d => new Row { Decision = d, Agent = agent })], ct);
        return new(views, rows.NextPageToken);
    }

    private async Task<Row?> ArchivedAsync(NexusDb db, Guid id, CancellationToken ct) =>
        await archive.FindAsync(db, [id], ct) is [var decision, ..]
        && await db.Agents.Where(a => a.Id == decision.AgentId).Select(a => a.Name).FirstOrDefaultAsync(ct) is { } agent
            ? new() { Decision = decision, Agent = agent }
            : null;

    private static IQueryable<Row> Rows(NexusDb db) =>
        from decision in db.Decisions.AsNoTracking()
        join agent in db.Agents on decision.AgentId equals agent.Id
        select new Row { Decision = decision, Agent = agent.Name };

    private static IQueryable<Decision> Filter(IQueryable<Decision> decisions, DecisionFilter filter)
    {
        if (filter.From is { } from) decisions = decisions.Where(d => d.At >= from);
        if (filter.To is { } to) decisions = decisions.Where(d => d.At < to);
        if (filter.Variant is { } variant) decisions = decisions.Where(d => d.Variant == variant);
        if (filter.Label is { } label) decisions = decisions.Where(d => d.Label == label);
        if (filter.TrueLabel is { } truth) decisions = decisions.Where(d => d.TrueLabel == truth);
        if (filter.Unit is { } unit) decisions = decisions.Where(d => d.Unit == unit);
        if (filter.Subject is { } subject) decisions = decisions.Where(d => d.Subject == subject);
        if (filter.ModelVersion is { } version) decisions = decisions.Where(d => d.ModelVersion == version);
        return decisions;
    }

    private static async Task<IReadOnlyList<DecisionView>> WithFeedbackAsync(NexusDb db, IReadOnlyList<Row> rows, CancellationToken ct)
    {
        var ids = rows.Select(r => r.Decision.Id).ToList();
        var feedback = await db.FeedbackItems.AsNoTracking().Where(i => ids.Contains(i.DecisionId)).ToListAsync(ct);
        // What was told again under the same identity stands once, as it was told last; the agent's feedback has the former too.
        var current = feedback
            .GroupBy(i => (i.DecisionId, i.Kind, i.Source, Told: i.At == i.ReceivedAt ? (DateTimeOffset?)null : i.At, Value: FeedbackKinds.Supersedes(i.Kind) ? null : i.Value))
            .Select(same => same.MaxBy(i => i.ReceivedAt)!);
        var byDecision = current.OrderBy(i => i.At).ThenBy(i => i.Id)
            .ToLookup(i => i.DecisionId, i => new DecisionFeedback(i.Kind, Json(i.Value), i.At, i.Source));
        var truths = feedback.Where(i => i.JoinedAt is not null).GroupBy(i => i.DecisionId)
            .ToDictionary(of => of.Key, of => FeedbackJoin.Truth(of) is { } told ? LabelText.Of(told.Value) : null);
        return [.. rows.Select(r => View(r.Decision, r.Agent, truths.GetValueOrDefault(r.Decision.Id), [.. byDecision[r.Decision.Id]]))];
    }

    /// <param name="truth">As the feedback that is joined tells it: an archived decision is not written to any more.</param>
    private static DecisionView View(Decision decision, string agent, string? truth, IReadOnlyList<DecisionFeedback> feedback)
    {
        var payload = Json(decision.Payload);
        return new(
            decision.Id, agent, decision.At, payload.GetProperty("inputs"), decision.Label, payload.GetProperty("scores"),
            decision.Label is null ? decision.Score : null, decision.ModelVersion, decision.Variant, decision.PlanRevision, decision.Unit, decision.Subject,
            payload.TryGetProperty("context", out var context) ? context : null, decision.LatencyMicroseconds, truth ?? decision.TrueLabel, feedback);
    }

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    private sealed class Row
    {
        public required Decision Decision { get; init; }
        public required string Agent { get; init; }
    }
}
