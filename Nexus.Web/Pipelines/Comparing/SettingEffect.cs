using Nexus.Data.Pipelines.Comparing;
using Nexus.Inference.Experiments;

namespace Nexus.Web.Pipelines.Comparing;

/// <summary>How much of a metric's differences goes with one parameter.</summary>
public sealed record SettingEffect(string Param, AnovaResult Anova)
{
    private const int Enough = 8;
    private const int MaxSettings = 40;

    /// <summary>
    /// The largest share first; empty where there are too few runs to say: eight, and two a value. Parameters that split the runs alike
    /// cannot be told apart and count once, by the shortest name.
    /// </summary>
    public static IReadOnlyList<SettingEffect> Of(RunComparison comparison, string metric)
    {
        var measured = comparison.Runs.Where(run => run.Summary.Metrics.ContainsKey(metric)).ToList();
        if (measured.Count < Enough) return [];
        return [.. comparison.Differing.Take(MaxSettings)
            .Select(param => (param, Values: measured.Select(run => run.Params.GetValueOrDefault(param) ?? "").ToList()))
            .Where(pair => pair.Values.Distinct().Count() is > 1 and var groups && groups * 2 <= measured.Count)
            .GroupBy(pair => Split(pair.Values)).Select(alike => alike.OrderBy(pair => pair.param.Length).First())
            .Select(pair => (pair.param, Anova: OneWayAnova.Of([.. pair.Values.Zip(measured, (value, run) => (value, run.Summary.Metrics[metric].Value))])))
            .Where(pair => pair.Anova is not null).Select(pair => new SettingEffect(pair.param, pair.Anova!))
            .OrderByDescending(effect => effect.Anova.EtaSquared)];
    }

    /// <summary>Whether it is more than chance among so many that were looked at (Bonferroni), at 5 %.</summary>
    public bool Matters(int among) => Anova.PValue * among < .05;

    // Which runs go together, whatever the values are called.
    private static string Split(List<string> values)
    {
        var numbers = new Dictionary<string, int>();
        return string.Join(',', values.Select(value => numbers.TryGetValue(value, out var at) ? at : numbers[value] = numbers.Count));
    }
}
