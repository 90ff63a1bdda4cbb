using Nexus.Data;
using Nexus.Jobs.Pipelines.Documents.Grammar;

namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>Tells overrides that name several values (<c>a=1,2</c>, <c>range(1,10)</c>, <c>interval(0,1)</c>) from those that name one.</summary>
public static class SweepGrammar
{
    /// <summary>More combinations than that are refused, whatever is done with them.</summary>
    public const long MaxCombinations = 1_000_000_000;

    /// <summary>What the overrides span. The same overrides span the same, shuffled ones included.</summary>
    /// <param name="overrides">As the document's language has them.</param>
    /// <param name="options">The names of a config group's options, or null where there is no such group; <c>glob(…)</c> asks it.</param>
    /// <exception cref="RefusedException">Invalid: <c>overrides</c>, with the column.</exception>
    public static SweepSpace Parse(IReadOnlyList<string> overrides, Func<string, IReadOnlyList<string>?>? options = null)
    {
        var problems = new List<PipelineProblem>();
        var space = Read(overrides, options, problems);
        return problems.Count == 0 ? space : throw Refuse(problems[0]);
    }

    /// <summary>What they span as far as they can be read.</summary>
    internal static SweepSpace Read(IReadOnlyList<string> overrides, Func<string, IReadOnlyList<string>?>? options, List<PipelineProblem> problems)
    {
        var (alone, dimensions, paths) = (new List<string>(), new List<SweepDimension>(), new Dictionary<string, bool>());
        foreach (var text in overrides.Take(OverrideEditor.MaxOverrides))
        {
            try
            {
                var parsed = OverrideEditor.Parse(text);
                var dimension = parsed.Value is null or ValueTerm ? null : Dimension(parsed, options);
                if (dimension is null) alone.Add(text);
                else dimensions.Add(dimension);
                var path = parsed.Key.ToString();
                if (paths.TryGetValue(path, out var several) && (several || dimension is not null)) throw new OverrideFault(parsed.Key.Column, $"'{path}' is there twice, once with several values.");
                paths[path] = dimension is not null;
                Check(new(alone, dimensions));
            }
            catch (OverrideFault fault)
            {
                problems.Add(fault.In(text));
            }
        }

        if (overrides.Count > OverrideEditor.MaxOverrides) problems.Add(PipelineProblem.In(overrides[OverrideEditor.MaxOverrides], $"At most {OverrideEditor.MaxOverrides} overrides."));
        return new(alone, dimensions);
    }

    internal static RefusedException Refuse(PipelineProblem problem) =>
        Refused.Invalid("overrides", $"{problem.Override}: column {problem.Column}: {problem.Text}");

    private static void Check(SweepSpace space)
    {
        var product = 1L;
        foreach (var dimension in space.Dimensions)
        {
            product *= dimension.Choices?.Count ?? 1;
            if (product > MaxCombinations) throw new OverrideFault(1, $"Together the overrides make more than {MaxCombinations:N0} combinations.");
        }
    }

    private static SweepDimension Dimension(ParsedOverride parsed, Func<string, IReadOnlyList<string>?>? options)
    {
        if (parsed.Mark == OverrideMark.Remove) throw new OverrideFault(parsed.Value!.Column, "What is taken away has one value or none.");
        if (parsed.Value is IntervalTerm interval) return new(parsed.Left, null, interval.Interval);
        if (parsed.Value is GlobTerm glob) return new(parsed.Left, OverrideGlob.Select(glob, parsed.Key, options), null);
        var values = parsed.Value is RangeTerm range ? OverrideRanges.Values(range, parsed.Text) : ((ChoiceTerm)parsed.Value!).Values;
        if (values.Count > OverrideRanges.MaxValues) throw new OverrideFault(parsed.Value!.Column, $"More than {OverrideRanges.MaxValues:N0} values.");
        var twice = values.Select(OverrideText.Write).CountBy(v => v).FirstOrDefault(v => v.Value > 1).Key;
        if (twice is not null) throw new OverrideFault(parsed.Value!.Column, $"{twice} is there twice.");
        foreach (var value in values) OverrideEditor.RequireFinite(value);
        return new(parsed.Left, [.. values.Select(OverrideText.Write)], null);
    }
}
