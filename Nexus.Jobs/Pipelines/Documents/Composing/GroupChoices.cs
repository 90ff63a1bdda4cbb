using Nexus.Jobs.Pipelines.Documents.Grammar;

namespace Nexus.Jobs.Pipelines.Documents.Composing;

/// <summary>
/// What was chosen for a group elsewhere than in its own entry: by an override of the run, else by an <c>override</c> entry, of
/// which the outermost wins.
/// </summary>
internal sealed class GroupChoices
{
    private readonly Dictionary<string, Chosen> _chosen = [];
    private readonly Dictionary<string, ParsedOverride> _removed = [];
    private readonly HashSet<string> _used = [];
    private readonly List<string> _seen = [];

    /// <summary>To be added at the end of the pipeline's own list.</summary>
    public List<ParsedOverride> Added { get; } = [];

    public static GroupChoices From(IReadOnlyList<ParsedOverride> overrides, List<PipelineProblem> problems)
    {
        var choices = new GroupChoices();
        foreach (var parsed in overrides)
        {
            try
            {
                choices.Add(parsed);
            }
            catch (OverrideFault fault)
            {
                problems.Add(fault.In(parsed.Text));
            }
        }

        return choices;
    }

    /// <exception cref="OverrideFault">Where it is no choice of configs.</exception>
    public static IReadOnlyList<string> Options(ParsedOverride parsed)
    {
        var node = Value(parsed);
        if (node is { Kind: NodeKind.Scalar, Scalar: null }) return [];
        List<DocumentNode> items = node.Kind == NodeKind.List ? node.Items : [node];
        return [.. items.Select(i => Data.Names.IsName(i.Text) ? i.Text! : throw new OverrideFault(i.Place.Column, $"'{parsed.Key}' is a config group: choose one of its options by name, or null."))];
    }

    public void Add(DefaultEntry entry) => _chosen.TryAdd(entry.Key, new(entry.Options, entry.Node, null));

    /// <summary>The entry as it was chosen; null where it was taken away.</summary>
    public DefaultEntry? Apply(DefaultEntry entry, List<PipelineProblem> problems)
    {
        _seen.Add(entry.Key);
        if (_removed.TryGetValue(entry.Key, out var removed))
        {
            var expected = removed.Value is null ? entry.Options : Options(removed);
            _used.Add(entry.Key);
            if (expected.SequenceEqual(entry.Options)) return null;
            problems.Add(PipelineProblem.In(removed.Text, $"'{entry.Key}' is not {string.Join(", ", expected)} but {string.Join(", ", entry.Options)}.", null, removed.Value!.Column));
            return entry;
        }

        if (!_chosen.TryGetValue(entry.Key, out var chosen)) return entry;
        _used.Add(entry.Key);
        return entry with { Options = chosen.Options, Node = chosen.Node };
    }

    /// <summary>What was chosen, or taken away, and is nowhere in the defaults.</summary>
    public IEnumerable<PipelineProblem> Unused()
    {
        foreach (var (key, parsed) in _chosen.Select(c => (c.Key, c.Value.Override)).Concat(_removed.Select(r => (r.Key, (ParsedOverride?)r.Value))))
        {
            if (_used.Contains(key) || parsed?.Mark == OverrideMark.Force) continue;
            var suggestion = Suggestion.For(key, _seen) ?? _seen.Find(s => s.StartsWith(key + "@", StringComparison.Ordinal));
            if (parsed is not null)
                yield return PipelineProblem.In(parsed.Text, $"The defaults choose no '{key}'{(parsed.Mark == OverrideMark.Set ? $"; +{parsed.Text} adds it" : "")}.", suggestion, parsed.Key.Column);
            else
                yield return PipelineProblem.At(_chosen[key].Node, $"The defaults choose no '{key}' that could be overridden.", suggestion);
        }
    }

    /// <summary>Forced, and nowhere in the defaults.</summary>
    public IEnumerable<ParsedOverride> Forced() => _chosen.Where(c => c.Value.Override?.Mark == OverrideMark.Force && !_used.Contains(c.Key)).Select(c => c.Value.Override!);

    private void Add(ParsedOverride parsed)
    {
        if (parsed.Mark == OverrideMark.Add) Added.Add(parsed);
        else if (parsed.Mark == OverrideMark.Remove) _removed[parsed.Key.ToString()] = parsed;
        else _chosen[parsed.Key.ToString()] = new(Options(parsed), Value(parsed), parsed);
    }

    private static DocumentNode Value(ParsedOverride parsed) => parsed.Value is ValueTerm value
        ? value.Node
        : throw new OverrideFault(parsed.Value?.Column ?? 1, "It names several values: that is a sweep, and a run has one. Start a sweep, or choose one of them.");

    private sealed record Chosen(IReadOnlyList<string> Options, DocumentNode Node, ParsedOverride? Override);
}
