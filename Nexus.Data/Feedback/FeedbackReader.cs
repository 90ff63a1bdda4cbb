using Microsoft.EntityFrameworkCore;

namespace Nexus.Data.Feedback;

/// <summary>What came back, agent by agent.</summary>
public sealed class FeedbackReader(IDbContextFactory<NexusDb> contexts)
{
    /// <summary>By when it met its decision, newest first.</summary>
    /// <exception cref="RefusedException">NotFound, where there is no such agent.</exception>
    public async Task<Page<FeedbackView>> ListAsync(string agent, PageRequest page, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var id = await db.Agents.Where(a => a.Name == agent).Select(a => (Guid?)a.Id).FirstOrDefaultAsync(ct) ?? throw Refused.NotFound("agent", agent);
        var rows =
            from item in db.FeedbackItems.AsNoTracking()
            where item.AgentId == id && item.JoinedAt != null
            select new Row { Item = item, JoinedAt = item.JoinedAt!.Value, Id = item.Id, Answered = item.Answered };
        var found = await rows.ToPageAsync(r => r.JoinedAt, r => r.Id, page, ct);
        return found.Select(r => new FeedbackView(
            r.Id, r.Item.DecisionId, r.Item.Kind, LabelText.Of(r.Item.Value), r.Item.At, r.Item.Source, r.Item.Superseded, r.JoinedAt, r.Answered));
    }

    private sealed class Row
    {
        public required FeedbackItem Item { get; init; }
        public required DateTimeOffset JoinedAt { get; init; }
        public required Guid Id { get; init; }
        public required string? Answered { get; init; }
    }
}
