using System.Globalization;

namespace Nexus.Inference.Monitoring;

/// <summary>An agent's state in one sentence, and the figures that it rests on.</summary>
internal static class HealthSentence
{
    /// <summary>From this share of failed requests on an agent is failing.</summary>
    private const double FailingShare = 0.01;

    public static (AgentHealth Health, string Sentence) Of(PerformanceReport performance, DriftReport drift)
    {
        var window = In(performance.To - performance.From);
        var asked = performance.Decisions + performance.Errors;
        if (asked == 0) return (AgentHealth.Unknown, $"No decisions {window}.");
        if (performance.Errors > FailingShare * asked)
            return (AgentHealth.Failing, $"Failing: {performance.Errors:N0} of {asked:N0} requests {window} could not be answered.");

        var quality = Quality(performance, window);
        return drift.State switch
        {
            DriftStates.Drifts => (AgentHealth.Drifting, $"Drifting: {Changed(drift)}{(quality is null ? "" : $"; {quality}")}."),
            DriftStates.Stable => (AgentHealth.Healthy, $"Healthy: {quality ?? $"{performance.Decisions:N0} decisions {window}"}; none of {Features(drift.Features.Count)} drifts."),
            DriftStates.NoReference => (quality is null ? AgentHealth.Unknown : AgentHealth.Healthy,
                $"{Sentence(quality ?? $"{performance.Decisions:N0} decisions {window}")}; this version brought no training distribution to compare with."),
            _ => (AgentHealth.Unknown,
                $"Too early to say: {Counted(drift)} to judge drift by{(quality is null ? "" : $"; {quality}")}."),
        };
    }

    private static string? Quality(PerformanceReport performance, string window) => performance switch
    {
        { Accuracy: { } a } => $"accuracy {Figure(a.Value)} [{Figure(a.Lower)}, {Figure(a.Upper)}] {window}",
        { Deviation: { } d } => $"mean error {Figure(d.Mae)} [{Figure(d.MaeLower)}, {Figure(d.MaeUpper)}] {window}",
        _ => null,
    };

    private static string Changed(DriftReport drift)
    {
        var worst = drift.Features[0];
        var what = worst.State == DriftStates.NewCategory
            ? $"{worst.Name} has a new category{(worst.NewCategories.Count > 0 ? $" “{worst.NewCategories[0].Value}”" : "")}, {worst.NewCategoryShare * 100:0.0} %"
            : $"{worst.Name} most (PSI {Figure(worst.Psi!.Value)}, limit {Figure(worst.Limit!.Value)})";
        return $"{drift.Changed} of {Features(drift.Features.Count)} changed, {what}";
    }

    private static string Counted(DriftReport drift) =>
        $"{drift.Decisions:N0} decisions, and {(drift.Features.Count == 0 ? 0 : drift.Features.Min(f => f.Needed)):N0} are needed";

    private static string Features(int count) => count == 1 ? "1 feature" : $"{count:N0} features";

    private static string Figure(double value) => value switch
    {
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        >= 1 => value.ToString("0.00", CultureInfo.InvariantCulture),
        >= 0.01 => value.ToString("0.000", CultureInfo.InvariantCulture),
        _ => value.ToString("G2", CultureInfo.InvariantCulture),
    };

    private static string Sentence(string words) => char.ToUpperInvariant(words[0]) + words[1..];

    private static string In(TimeSpan length) => length.TotalHours switch
    {
        < 0.99 => $"in the last {length.TotalMinutes:0} min",
        < 1.1 => "in the last hour",
        < 36 => $"in the last {length.TotalHours:0} h",
        _ => $"in the last {length.TotalDays:0} days",
    };
}
