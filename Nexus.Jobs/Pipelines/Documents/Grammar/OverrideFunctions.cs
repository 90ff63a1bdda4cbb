namespace Nexus.Jobs.Pipelines.Documents.Grammar;

/// <summary>What the functions of the override grammar make of their arguments.</summary>
internal static class OverrideFunctions
{
    private static readonly string[] Names = ["choice", "range", "interval", "glob", "tag", "sort", "shuffle", "int", "float", "str", "bool"];

    /// <exception cref="OverrideFault">No such function, or arguments that it does not take.</exception>
    public static OverrideTerm Call(OverrideCall call) => call.Name switch
    {
        "choice" => Choice(call),
        "range" => OverrideRanges.Range(call),
        "interval" => OverrideRanges.Interval(call),
        "glob" => Glob(call),
        "tag" => Tag(call),
        "sort" => OverrideOrder.Sort(call),
        "shuffle" => OverrideOrder.Shuffle(call),
        "int" or "float" or "str" or "bool" => Cast(call),
        _ => throw new OverrideFault(
            call.Column, $"There is no function '{call.Name}'; there are {string.Join(", ", Names)}. A text with parentheses needs quotes.", Suggestion.For(call.Name, Names)),
    };

    /// <summary>The one value that it is.</summary>
    /// <param name="where">What it stands in, for the refusal.</param>
    public static DocumentNode One(OverrideTerm term, string where) => term is ValueTerm value
        ? value.Node
        : throw new OverrideFault(term.Column, $"What names several values cannot stand within {where}.");

    private static OverrideTerm Choice(OverrideCall call)
    {
        call.Known();
        if (call.Positional.Count == 0) throw new OverrideFault(call.Column, "choice(…) needs a value.");
        if (call.Positional is [(ChoiceTerm or RangeTerm) and var whole]) return whole;
        return new ChoiceTerm(call.Column, [.. call.Positional.Select(p => One(p, "choice(…)"))]);
    }

    private static OverrideTerm Cast(OverrideCall call)
    {
        if (call.Positional.Count > 1)
        {
            call.Known();
            return OverrideCasts.Cast(call.Name, new ChoiceTerm(call.Column, [.. call.Positional.Select(p => One(p, $"{call.Name}(…)"))]));
        }

        return OverrideCasts.Cast(call.Name, call.Bind(1, "value")[0]!);
    }

    // The tags come first, the sweep last.
    private static OverrideTerm Tag(OverrideCall call)
    {
        call.Known("sweep");
        var all = call.Named.TryGetValue("sweep", out var named) ? [.. call.Positional, named] : call.Positional;
        if (all.Count == 0 || all[^1] is ValueTerm) throw new OverrideFault(call.Column, "tag(…) ends with what it tags: tag(log, interval(0.001, 1)).");
        foreach (var tag in all.SkipLast(1))
        {
            var word = One(tag, "tag(…)").Text;
            if (word != "log") throw new OverrideFault(tag.Column, $"The tag '{word}' means nothing here; there is log.", Suggestion.For(word ?? "", ["log"]));
        }

        return all.Count == 1 ? all[0] : OverrideRanges.Logarithmic(all[^1]);
    }

    private static GlobTerm Glob(OverrideCall call)
    {
        var bound = call.Bind(1, "include", "exclude");
        return new(call.Column, Patterns(bound[0]!), bound[1] is { } exclude ? Patterns(exclude) : []);
    }

    private static List<string> Patterns(OverrideTerm term)
    {
        var node = One(term, "glob(…)");
        List<DocumentNode> items = node.Kind == NodeKind.List ? node.Items : [node];
        return [.. items.Select(i => i.Text ?? throw new OverrideFault(term.Column, $"glob(…) takes patterns such as fast* or [a*, b*], not {i.KindName}."))];
    }
}
