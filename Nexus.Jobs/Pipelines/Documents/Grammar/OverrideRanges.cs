namespace Nexus.Jobs.Pipelines.Documents.Grammar;

/// <summary><c>range</c>, <c>interval</c>, and what can be done with their ends.</summary>
internal static class OverrideRanges
{
    /// <summary>More values than that in one override are refused.</summary>
    public const int MaxValues = 10_000;

    /// <summary><c>range(stop)</c>, <c>range(start, stop)</c>, <c>range(start, stop, step)</c>: stop excluded.</summary>
    public static RangeTerm Range(OverrideCall call)
    {
        var bound = call.Bind(1, "start", "stop", "step");
        var (first, second, third) = (Number(bound[0]!, call), bound[1] is { } stop ? Number(stop, call) : ((decimal, bool)?)null, bound[2] is { } step ? Number(step, call) : (1m, false));
        var (start, end) = second is { } two ? (first, two) : ((0m, false), first);
        return new(call.Column, start.Item1, end.Item1, third.Item1, start.Item2 || end.Item2 || third.Item2);
    }

    public static IntervalTerm Interval(OverrideCall call)
    {
        var bound = call.Bind(2, "start", "end");
        var (low, high) = (Double(bound[0]!, call), Double(bound[1]!, call));
        if (!(low < high)) throw new OverrideFault(call.Column, "interval(a, b) goes from a smaller number, included, to a greater, excluded.");
        return new(call.Column, new(low, high, false, false));
    }

    public static OverrideTerm Logarithmic(OverrideTerm term)
    {
        if (term is not IntervalTerm interval) throw new OverrideFault(term.Column, "log tags an interval: tag(log, interval(0.001, 1)).");
        if (interval.Interval.Low <= 0) throw new OverrideFault(term.Column, "An interval that is drawn by its logarithm begins above 0.");
        return interval with { Interval = interval.Interval with { Logarithmic = true } };
    }

    /// <summary>The values counted out.</summary>
    /// <exception cref="OverrideFault">None, too many, or a step of nothing.</exception>
    public static IReadOnlyList<DocumentNode> Values(RangeTerm range, string @override)
    {
        if (range.Step == 0) throw new OverrideFault(range.Column, "A range's step is not 0.");
        var steps = (double)(range.Stop - range.Start) / (double)range.Step;
        if (steps <= 0) throw new OverrideFault(range.Column, $"The range from {range.Start} to {range.Stop} by {range.Step} holds no value; stop itself is not in it.");
        if (steps > MaxValues) throw new OverrideFault(range.Column, $"The range holds more than {MaxValues:N0} values.");
        if (!range.Float && Math.Max(Math.Abs(range.Start), Math.Abs(range.Stop)) > long.MaxValue) throw new OverrideFault(range.Column, "The range reaches beyond what an integer can be.");
        var count = (int)Math.Ceiling((range.Stop - range.Start) / range.Step); // exact: by doubles range(0, 0.3, 0.1) would hold four
        var place = new Place(1, range.Column, 1, range.Column + 1);
        return [.. Enumerable.Range(0, count).Select(i => range.Start + (range.Step * i)).Select(value =>
            new DocumentNode(NodeKind.Scalar, place) { Override = @override, Scalar = range.Float ? (double)value : (object)(long)value })];
    }

    private static (decimal Value, bool Float) Number(OverrideTerm term, OverrideCall call)
    {
        var scalar = OverrideFunctions.One(term, $"{call.Name}(…)").Scalar;
        if (scalar is long integer) return (integer, false);
        if (scalar is double number && Math.Abs(number) < 1e27) return ((decimal)number, true);
        throw new OverrideFault(term.Column, $"{call.Name}(…) takes numbers.");
    }

    private static double Double(OverrideTerm term, OverrideCall call) => OverrideFunctions.One(term, $"{call.Name}(…)").Scalar switch
    {
        long integer => integer,
        double number when double.IsFinite(number) => number,
        _ => throw new OverrideFault(term.Column, $"{call.Name}(…) takes numbers."),
    };
}
