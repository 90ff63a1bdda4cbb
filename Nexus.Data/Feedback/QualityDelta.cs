using Microsoft.EntityFrameworkCore;
using Nexus.Data.Agents;

namespace Nexus.Data.Feedback;

/// <summary>How the counts of right answers move when a truth comes or changes; one statement per minute touched.</summary>
internal sealed class QualityDelta
{
    private readonly Dictionary<(Guid Agent, DateTimeOffset Minute, int Version), (long Labeled, long Correct)> _minutes = [];

    /// <param name="decision">With the truth as it is told now.</param>
    /// <param name="before">The truth as it was told before; null if it was unknown.</param>
    public void Add(Decision decision, string? before)
    {
        var labeled = before is null ? 1 : 0;
        var correct = Right(decision.Label, decision.TrueLabel) - Right(decision.Label, before);
        if (labeled == 0 && correct == 0) return;
        var minute = new DateTimeOffset(decision.At.UtcTicks - (decision.At.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        var key = (decision.AgentId, minute, decision.ModelVersion);
        var sum = _minutes.GetValueOrDefault(key);
        _minutes[key] = (sum.Labeled + labeled, sum.Correct + correct);
    }

    public async Task ApplyAsync(NexusDb db, CancellationToken ct)
    {
        foreach (var ((agent, minute, version), (labeled, correct)) in _minutes)
        {
            await db.MonitoringMinutes.Where(m => m.AgentId == agent && m.Minute == minute && m.ModelVersion == version)
                .ExecuteUpdateAsync(m => m
                    .SetProperty(x => x.Labeled, x => x.Labeled + labeled)
                    .SetProperty(x => x.Correct, x => x.Correct + correct), ct);
        }
    }

    private static int Right(string? answered, string? truth) => truth is not null && answered is not null && LabelText.Same(answered, truth) ? 1 : 0;
}
