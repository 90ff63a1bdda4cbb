using Nexus.Data;
using Nexus.Data.Feedback;
using Nexus.Inference.Agents;

namespace Nexus.Inference.Monitoring;

/// <summary>Counts what the journal's drain writes into minutes, and joins the feedback that waited for it: in the drain's own transaction.</summary>
internal sealed class MonitoringSink(ReferenceCatalog references, FeedbackJoin feedback) : IDecisionSink
{
    public async Task WriteAsync(NexusDb db, JournalBatch batch, CancellationToken ct)
    {
        var groups = batch.Decisions.GroupBy(d => MinuteKey.Of(d.Schema, d.At)).ToDictionary(g => g.Key, g => g.ToList());
        foreach (var failure in batch.Failures) groups.TryAdd(MinuteKey.Of(failure.Schema, failure.At), []);
        var failures = batch.Failures.ToLookup(f => MinuteKey.Of(f.Schema, f.At));

        foreach (var (key, decisions) in groups)
        {
            var schema = decisions.Count > 0 ? decisions[0].Schema : failures[key].First().Schema;
            await CountAsync(db, key, schema, decisions, failures[key].Count(), ct);
        }

        await db.SaveChangesAsync(ct);
        await feedback.ArriveAsync(db, [.. batch.Decisions.Select(d => d.Id)], ct);
        await db.SaveChangesAsync(ct);
    }

    private async Task CountAsync(
        NexusDb db, MinuteKey key, DecisionSchema schema, List<JournaledDecision> decisions, int failures, CancellationToken ct)
    {
        var layout = await references.FindAsync(db, schema.Model, key.ModelVersion, ct);
        var tally = new MinuteTally(layout);
        var row = await db.MonitoringMinutes.FindAsync([key.AgentId, key.Minute, key.ModelVersion], ct);
        if (row is null)
        {
            row = new()
            {
                AgentId = key.AgentId,
                Minute = key.Minute,
                ModelVersion = key.ModelVersion,
                Decisions = 0,
                Errors = 0,
                Latency = [],
                Outputs = [],
                Features = [],
            };
            db.MonitoringMinutes.Add(row);
        }
        else
        {
            tally.Add(row);
        }

        int[]? places = null;
        DecisionSchema? placed = null;
        foreach (var decision in decisions)
        {
            if (!ReferenceEquals(placed, decision.Schema)) (placed, places) = (decision.Schema, Places(layout, decision.Schema));
            tally.Count(decision.Label, decision.Score, decision.LatencyMicroseconds);
            tally.CountFeatures(decision.Features, places);
        }

        for (var i = 0; i < failures; i++) tally.CountError();
        tally.WriteTo(row);
    }

    private static int[] Places(FeatureLayout? layout, DecisionSchema schema)
    {
        if (layout is null) return [];
        var byName = schema.Inputs.Index().ToDictionary(i => i.Item.Name, i => i.Index, StringComparer.Ordinal);
        return [.. layout.Binners.Select(b => byName.GetValueOrDefault(b.Reference.Name, -1))];
    }

    private readonly record struct MinuteKey(Guid AgentId, DateTimeOffset Minute, int ModelVersion)
    {
        public static MinuteKey Of(DecisionSchema schema, DateTimeOffset at) =>
            new(schema.AgentId, new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero), schema.ModelVersion);
    }
}
