using Nexus.Data;
using Nexus.Data.Feedback;
using Nexus.Data.Monitoring;
using Nexus.Inference.Agents;

namespace Nexus.Inference.Monitoring;

/// <summary>Counts what the journal's drain writes into minutes, and joins the feedback that waited for it: in the drain's own transaction.</summary>
internal sealed class MonitoringSink(ReferenceCatalog references, FeedbackJoin feedback) : IDecisionSink
{
    public async Task WriteAsync(NexusDb db, JournalBatch batch, CancellationToken ct)
    {
        var minutes = new Dictionary<MinuteKey, OpenMinute>();
        OpenMinute? open = null;
        var ids = new Guid[batch.Decisions.Count];
        for (var i = 0; i < ids.Length; i++)
        {
            // They come in runs of one model's.
            var decision = batch.Decisions[i];
            if (open is null || !open.Holds(decision.Schema, decision.At)) open = await OpenAsync(db, minutes, decision.Schema, decision.At, ct);
            open.Count(decision);
            ids[i] = decision.Id;
        }

        foreach (var failure in batch.Failures) (await OpenAsync(db, minutes, failure.Schema, failure.At, ct)).Tally.CountError();
        foreach (var minute in minutes.Values) minute.Tally.WriteTo(minute.Row);
        await db.SaveChangesAsync(ct);
        await feedback.ArriveAsync(db, ids, ct);
        await db.SaveChangesAsync(ct);
    }

    private async Task<OpenMinute> OpenAsync(NexusDb db, Dictionary<MinuteKey, OpenMinute> minutes, DecisionSchema schema, DateTimeOffset at, CancellationToken ct)
    {
        var key = MinuteKey.Of(schema, at);
        if (!minutes.TryGetValue(key, out var minute))
        {
            var layout = await references.FindAsync(db, schema.Model, key.ModelVersion, ct);
            var row = await db.MonitoringMinutes.FindAsync([key.AgentId, key.Minute, key.ModelVersion], ct);
            minutes[key] = minute = new(layout, row ?? db.MonitoringMinutes.Add(New(key)).Entity);
            if (row is not null) minute.Tally.Add(row);
        }

        minute.Take(schema);
        return minute;
    }

    private static MonitoringMinute New(MinuteKey key) => new()
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

    private readonly record struct MinuteKey(Guid AgentId, DateTimeOffset Minute, int ModelVersion)
    {
        public static MinuteKey Of(DecisionSchema schema, DateTimeOffset at) =>
            new(schema.AgentId, new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero), schema.ModelVersion);
    }

    /// <summary>A minute that is being counted into.</summary>
    private sealed class OpenMinute(FeatureLayout? layout, MonitoringMinute row)
    {
        private readonly long _from = row.Minute.UtcTicks;
        private DecisionSchema? _schema;
        private int[] _places = [];

        public MonitoringMinute Row { get; } = row;

        public MinuteTally Tally { get; } = new(layout);

        public bool Holds(DecisionSchema schema, DateTimeOffset at) =>
            ReferenceEquals(schema, _schema) && (ulong)(at.UtcTicks - _from) < TimeSpan.TicksPerMinute;

        /// <summary>What is counted next is of that schema.</summary>
        public void Take(DecisionSchema schema)
        {
            if (ReferenceEquals(schema, _schema)) return;
            _schema = schema;
            if (layout is null) return;
            var byName = schema.Inputs.Index().ToDictionary(i => i.Item.Name, i => i.Index, StringComparer.Ordinal);
            _places = [.. layout.Binners.Select(b => byName.GetValueOrDefault(b.Reference.Name, -1))];
        }

        public void Count(in JournaledDecision decision)
        {
            Tally.Count(decision.Label, decision.Score, decision.LatencyMicroseconds);
            Tally.CountFeatures(decision.Features.Span, _places);
        }
    }
}
