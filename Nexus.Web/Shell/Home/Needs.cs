using Nexus.Data.Governance;
using Nexus.Data.Identity;
using Nexus.Data.Pipelines;
using Nexus.Inference.Monitoring;
using Nexus.Web.Pipelines;

namespace Nexus.Web.Shell.Home;

/// <summary>What waits for a person, most urgent first: agents that fail, approvals to sign, failed runs, agents that drift, labels that are due.</summary>
internal static class Needs
{
    // Fewer decisions than that have no accuracy worth knowing yet.
    private const int WorthLabels = 100;
    private static readonly string[] Headlines = ["auc", "accuracy", "macroF1", "r2", "rmse", "mae", "logLoss"];
    private static readonly string[] LessIsBetter = ["rmse", "mae", "logLoss", "brier"];

    public static IReadOnlyList<Need> Of(
        Actor me, IReadOnlyList<ApprovalView> approvals, IReadOnlyList<FailedRun> failed, IReadOnlyList<FleetAgent> fleet, DateTimeOffset now)
    {
        var mends = me.Is(Role.Engineer) || me.Is(Role.Admin);
        return
        [
            .. fleet.Where(f => mends && f.Pulse?.Health == AgentHealth.Failing).Select(f => Mend(f, ChipState.Bad, "Failing")),
            .. approvals.Where(a => me.Is(Role.Approver) && !string.Equals(a.RequestedBy, me.Name, StringComparison.OrdinalIgnoreCase)).Select(a => Sign(a, now)),
            .. failed.Where(_ => me.Is(Role.Engineer)).Select(Look),
            .. fleet.Where(f => mends && f.Pulse?.Health == AgentHealth.Drifting).Select(f => Mend(f, ChipState.Warn, "Drift")),
            .. fleet.Where(f => me.Is(Role.Engineer) || me.Is(Role.Labeler)).Where(WantsLabels).Select(Label),
        ];
    }

    /// <summary>How the agents are, in a sentence.</summary>
    public static string Sentence(IReadOnlyList<FleetAgent> fleet)
    {
        if (fleet.Count == 0) return "No agent serves yet.";
        var parts = new List<string>();
        void Add(int count, string one, string many)
        {
            if (count > 0) parts.Add($"{Number(count)}{(parts.Count > 0 ? "" : count == 1 ? " agent" : " agents")} {(count == 1 ? one : many)}");
        }

        Add(fleet.Count(f => f.Pulse?.Health == AgentHealth.Healthy), "is healthy", "are healthy");
        Add(fleet.Count(f => f.Pulse?.Health == AgentHealth.Drifting), "drifts", "drift");
        Add(fleet.Count(f => f.Pulse?.Health == AgentHealth.Failing), "fails", "fail");
        Add(fleet.Count(f => f.Pulse is null or { Health: AgentHealth.Unknown }), "has too little data to say", "have too little data to say");
        var sentence = string.Join(", ", parts);
        return char.ToUpperInvariant(sentence[0]) + sentence[1..] + ".";
    }

    /// <summary>One … nine, as people write them; from ten on in figures.</summary>
    public static string Number(int count) =>
        count is > 0 and < 10 ? ((string[])["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"])[count - 1] : Format.Count(count);

    private static Need Sign(ApprovalView approval, DateTimeOffset now)
    {
        var (change, gates) = (approval.Change, approval.Evidence.Candidate.Gates);
        var better = Better(approval.Evidence);
        var checks = gates is { Count: > 0 } ? $"{gates.Count(g => g.Passed)} of {Format.Count(gates.Count, "check")} passed" : "no checks";
        var lapses = Format.Relative(approval.ExpiresAt, now)["in ".Length..];
        return new(
            $"approval/{approval.Id}", ChipState.Warn, "Approval", $"{change.Model} {change.Version} → {change.To}",
            $"{better}; {checks}. Asked by {approval.RequestedBy}, lapses in {lapses}; asked", approval.CreatedAt, "Review", $"approvals/{approval.Id}", $"model/{change.Model}");
    }

    private static string Better(ApprovalEvidence evidence)
    {
        if (evidence.Comparison is not { } comparison)
            return evidence.Production is null ? "Nothing is in Production yet" : $"Not compared with {evidence.Production.Version}, which serves now";
        if (Headlines.FirstOrDefault(comparison.Differences.ContainsKey) is not { } metric) return $"Compared with {comparison.Version}";
        var d = comparison.Differences[metric];
        var up = LessIsBetter.Contains(metric) ? -d.Value : d.Value;
        var sure = d is { Lower: { } low, Upper: { } high } && (low > 0 || high < 0);
        var word = !sure ? "Much like" : up > 0 ? "Better than" : "Worse than";
        return $"{word} {comparison.Version} on {RunWords.Metric(metric)}: {Signed(d.Value)} {(d is { Lower: { } l, Upper: { } u } ? Format.Interval(d.Value, l, u) : "")}".TrimEnd();
    }

    private static string Signed(double value) => value > 0 ? "+" + Format.Decimal(value) : Format.Decimal(value);

    private static Need Look(FailedRun run) => new(
        $"run/{run.Id}", ChipState.Bad, "Failed run", $"{run.Pipeline} #{run.Number}", $"{Format.MiddleCut(run.Error ?? "It failed without a word.", 200)} Started by {run.CreatedBy}, ended", run.At, "Open", $"runs/{run.Id}",
        $"pipeline/{run.Pipeline}");

    private static Need Mend(FleetAgent unwell, ChipState state, string kind)
    {
        var (name, sentence) = (unwell.Agent.Name, unwell.Pulse!.Sentence);
        var cut = sentence.IndexOf(": ", StringComparison.Ordinal);
        var text = cut < 0 ? sentence : char.ToUpperInvariant(sentence[cut + 2]) + sentence[(cut + 3)..];
        var title = state == ChipState.Bad ? $"{name} does not answer all" : $"{name} is asked what it has not learnt";
        return new($"agent/{name}", state, kind, title, text, null, "Open", $"agents/{name}/{(state == ChipState.Bad ? "" : "monitoring")}", $"agent/{name}");
    }

    private static bool WantsLabels(FleetAgent agent) => agent.Pulse?.Performance is { Labeled: 0, Decisions: >= WorthLabels } performance && performance.Outputs.Count > 0;

    private static Need Label(FleetAgent agent) => new(
        $"labels/{agent.Agent.Name}", ChipState.Unknown, "Labels", $"{Format.Count(agent.Pulse!.Performance.Decisions, "decision")} of {agent.Agent.Name} wait for the truth",
        "No label came in the last 24 h, so whether it is still right is unknown.", null, "Feedback", $"agents/{agent.Agent.Name}/feedback", $"agent/{agent.Agent.Name}");
}
