using System.Globalization;
using Nexus.Data.Pipelines.Comparing;
using Nexus.Web.Registry;
using Nexus.Web.Shell;

namespace Nexus.Web.Pipelines.Comparing;

/// <summary>What a comparison says in words; nothing that was not measured.</summary>
internal static class ComparisonWords
{
    private static readonly string[] Numbers = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"];

    /// <summary>The page's title: which setting matters, where that was measured.</summary>
    public static string Headline(RunComparison comparison, IReadOnlyList<SettingEffect> effects)
    {
        var pipelines = comparison.Runs.Select(run => run.Summary.Pipeline).Distinct().ToList();
        var plain = pipelines.Count == 1 ? $"{Format.Count(comparison.Runs.Count, "run")} of {pipelines[0]}" : $"{Format.Count(comparison.Runs.Count, "run")} of {pipelines.Count} pipelines";
        if (effects.Count == 0 || !effects[0].Matters(effects.Count)) return $"Compare {plain}";
        var idle = effects.Where(effect => effect.Anova.EtaSquared < .1).Select(effect => effect.Param).ToList();
        return $"{Capital(Spoken(effects[0].Param))} matters most" + (idle.Count == 1 ? $", {Spoken(idle[0])} hardly" : "");
    }

    /// <summary>What stands behind the headline.</summary>
    public static string? Effect(IReadOnlyList<SettingEffect> effects, string metric) => effects.Count > 0 && effects[0].Matters(effects.Count)
        ? $"{Capital(Spoken(effects[0].Param))} goes with {Format.Percent(effects[0].Anova.EtaSquared)} of the differences in {MetricNames.Label(metric)}."
        : null;

    public static string AsGood(Ranking ranking) => ranking.AsGood.Count switch
    {
        0 => "",
        1 => "One run is as good within its interval",
        var count => $"{(count < Numbers.Length ? Numbers[count] : Format.Count(count))} runs are as good within their intervals",
    };

    /// <summary><c>a third of the time</c>.</summary>
    public static string Share(double share) => share switch
    {
        >= .6 => "two thirds of the time",
        >= .45 and <= .55 => "half the time",
        >= .3 and <= .37 => "a third of the time",
        >= .22 and <= .28 => "a quarter of the time",
        >= .17 and <= .22 => "a fifth of the time",
        >= .09 and <= .11 => "a tenth of the time",
        _ => $"{(share * 100).ToString("0.#", CultureInfo.InvariantCulture)} % of the time",
    };

    /// <summary>The last part of a parameter's path.</summary>
    public static string Short(string param) => param[(param.LastIndexOf('.') + 1)..];

    /// <summary>As many of its last parts as tell it apart: <c>leaves</c>, or <c>train.params.leaves</c> beside <c>params.leaves</c>.</summary>
    public static string Short(string param, IEnumerable<string> among)
    {
        var others = among.Where(other => other != param).ToList();
        for (var at = param.LastIndexOf('.'); at >= 0; at = at == 0 ? -1 : param.LastIndexOf('.', at - 1))
        {
            if (!others.Exists(other => other.EndsWith(param[at..], StringComparison.Ordinal) || other == param[(at + 1)..])) return param[(at + 1)..];
        }

        return param;
    }

    /// <summary>In words: <c>train.params.learningRate</c> is "learning rate".</summary>
    private static string Spoken(string param) => string.Concat(Short(param).Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : c.ToString()));

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
