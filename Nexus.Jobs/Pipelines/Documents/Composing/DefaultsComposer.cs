using System.Text.RegularExpressions;
using Nexus.Jobs.Pipelines.Documents.Grammar;

namespace Nexus.Jobs.Pipelines.Documents.Composing;

/// <summary>
/// Merges the configs that a document's <c>defaults:</c> name, theirs included, each under its package, in the order of the lists.
/// As in Hydra, lists are gone through from their end: what a later entry overrides, an earlier one follows.
/// </summary>
internal sealed partial class DefaultsComposer(IConfigSource source, GroupChoices choices, List<PipelineProblem> problems)
{
    private const int MaxConfigs = 200;
    private const int MaxCharacters = 4_000_000;
    private readonly List<(DocumentNode Content, string Package)> _pieces = []; // last first
    private readonly List<UsedConfig> _configs = [];
    private readonly Dictionary<string, DefaultEntry> _chosen = [];
    private readonly HashSet<string> _absent = [];
    private int _loaded;
    private int _characters;

    /// <param name="at">The config that the document is; null for a pipeline.</param>
    public async Task<ComposedRoot> ComposeAsync(DocumentNode document, ConfigText? at, CancellationToken ct)
    {
        var added = choices.Added.Select(Entry).OfType<DefaultEntry>().ToList();
        await ExpandAsync(document, at?.Group ?? "", "", at is null ? [] : [at.Path], added, ct);
        foreach (var entry in choices.Forced().Select(Entry).OfType<DefaultEntry>()) await IncludeAsync(entry, [], ct, last: true);
        problems.AddRange(choices.Unused());

        var root = new DocumentNode(NodeKind.Map, document.Place) { Config = document.Config };
        _pieces.Reverse();
        foreach (var (content, package) in _pieces) root.Merge(Wrap(content, package));
        _configs.Reverse();
        var ordered = root.Members.OrderBy(m => Rank(m.Name)).ToList();
        root.Members.Clear();
        root.Members.AddRange(ordered);
        return new(root, [.. _pieces.Where(p => p.Package.Length > 0).Select(p => p.Package.Split('.')[0]).Union(_absent)], _absent, _configs);
    }

    private async Task ExpandAsync(DocumentNode document, string group, string package, IReadOnlyList<string> way, IReadOnlyList<DefaultEntry> added, CancellationToken ct)
    {
        List<DefaultEntry> entries = [.. new DefaultsList(group, package, problems).Read(document), .. added];
        foreach (var entry in entries.Where(e => e.Kind == DefaultKind.Override)) choices.Add(entry);
        foreach (var entry in entries.AsEnumerable().Reverse())
        {
            if (entry.Kind == DefaultKind.Self) _pieces.Add((Content(document), package));
            else if (entry.Kind != DefaultKind.Override) await IncludeAsync(entry, way, ct);
        }
    }

    private async Task IncludeAsync(DefaultEntry entry, IReadOnlyList<string> way, CancellationToken ct, bool last = false)
    {
        var before = _pieces.Count;
        if (entry.Kind == DefaultKind.Choice)
        {
            if (!_chosen.TryAdd(entry.Key, entry))
            {
                var later = _chosen[entry.Key]; // the lists are gone through from their end
                problems.Add(PipelineProblem.At(later.KeyPlace, later.Node, later.Node.Override is null ? $"'{entry.Key}' is chosen twice in the defaults." : $"The defaults choose '{entry.Key}' already; {entry.Key}=… chooses another."));
                return;
            }

            if (choices.Apply(entry, problems) is not { } chosen) return;
            entry = chosen;
        }

        foreach (var option in entry.Options.Reverse()) await LoadAsync(entry, option, way, ct);
        if (last) Move(before);
    }

    private async Task LoadAsync(DefaultEntry entry, string option, IReadOnlyList<string> way, CancellationToken ct)
    {
        var path = $"{entry.Group}/{option}";
        if (way.Contains(path))
        {
            problems.Add(PipelineProblem.At(entry.Node, $"The defaults go round in a circle: {string.Join(" → ", way.SkipWhile(w => w != path).Append(path))}."));
            return;
        }

        if (++_loaded > MaxConfigs)
        {
            if (_loaded == MaxConfigs + 1) problems.Add(PipelineProblem.At(entry.Node, $"More than {MaxConfigs} configs."));
            return;
        }

        if (await source.FindAsync(entry.Group, option, ct) is not { } text)
        {
            if (entry.Optional) return;
            problems.Add(await MissingAsync(entry, option, ct));
            _absent.Add(entry.Package.Split('.')[0]);
            return;
        }

        if ((_characters += text.Yaml.Length) > MaxCharacters)
        {
            problems.Add(PipelineProblem.At(entry.Node, $"The configs together have more than {MaxCharacters:N0} characters."));
            return;
        }

        var before = problems.Count;
        var document = YamlReader.Read(text.Yaml, problems, text.ToString());
        if (problems.Count > before || document is not { Kind: NodeKind.Map }) return;
        _configs.Add(new(text.Path, text.Revision));
        var package = !entry.PackageGiven && PackageHeader(text.Yaml) is { } header ? new DefaultsList("", Above(entry), problems).PackageOf(header, entry.Group, option) : entry.Package;
        if (package.Count(c => c == '.') >= YamlReader.MaxDepth)
        {
            problems.Add(PipelineProblem.At(entry.KeyPlace, entry.Node, $"The package is nested deeper than {YamlReader.MaxDepth} levels."));
            return;
        }

        await ExpandAsync(document, entry.Group, package, [.. way, path], [], ct);
    }

    // The package that the list's own document has, which a header counts from.
    private static string Above(DefaultEntry entry)
    {
        var own = entry.Group[(entry.Group.LastIndexOf('/') + 1)..];
        return entry.Package == own ? "" : entry.Package.EndsWith("." + own, StringComparison.Ordinal) ? entry.Package[..^(own.Length + 1)] : entry.Package;
    }

    private async Task<PipelineProblem> MissingAsync(DefaultEntry entry, string option, CancellationToken ct)
    {
        var node = entry.Node.Items.Find(i => i.Text == option) ?? entry.Node;
        var options = await source.OptionsAsync(entry.Group, ct);
        if (options.Count > 0)
            return PipelineProblem.At(node, $"There is no config '{entry.Group}/{option}'; the options of '{entry.Group}' are {string.Join(", ", options.Take(20))}{(options.Count > 20 ? ", …" : "")}.", Suggestion.For(option, options)) with { Word = option };
        var groups = await source.GroupsAsync(ct);
        var name = entry.Group[(entry.Group.LastIndexOf('/') + 1)..];
        var near = groups.Contains(name) ? "/" + name : Suggestion.For(entry.Group, groups);
        return PipelineProblem.At(entry.KeyPlace, entry.Node, $"There is no config group '{entry.Group}'{(groups.Count == 0 ? "; no config is kept yet" : $"; there are {string.Join(", ", groups.Take(20))}")}.", near);
    }

    private DefaultEntry? Entry(ParsedOverride parsed)
    {
        try
        {
            var node = ((ValueTerm)parsed.Value!).Node;
            var package = parsed.Key.Package is { } given ? new DefaultsList("", "", problems).PackageOf(given, parsed.Key.Path, "") : parsed.Key.Path.Replace('/', '.');
            return new(DefaultKind.Choice, parsed.Key.Path, package, parsed.Key.Package is not null, GroupChoices.Options(parsed), new(1, parsed.Key.Column, 1, parsed.Key.End), node);
        }
        catch (OverrideFault fault)
        {
            problems.Add(fault.In(parsed.Text));
            return null;
        }
    }

    // What comes last of all was gone through last: to the front, since the pieces stand last first.
    private void Move(int from)
    {
        var moved = _pieces[from..];
        _pieces.RemoveRange(from, moved.Count);
        _pieces.InsertRange(0, moved);
    }

    // As a person would write it: what it is, what it is composed of, what it does.
    private static int Rank(string key) => key switch { "name" => 0, "description" => 1, "params" => 3, "steps" => 4, _ => 2 };

    private static DocumentNode Content(DocumentNode document)
    {
        var content = document.Copy();
        content.Members.RemoveAll(m => m.Name == "defaults");
        return content;
    }

    private static DocumentNode Wrap(DocumentNode content, string package)
    {
        foreach (var key in package.Split('.', StringSplitOptions.RemoveEmptyEntries).Reverse())
        {
            var outer = new DocumentNode(NodeKind.Map, content.Place) { Config = content.Config };
            outer.Members.Add(new(key, content.Place, content));
            content = outer;
        }

        return content;
    }

    private static string? PackageHeader(string yaml) => Header().Match(yaml) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex(@"\A(?:\s*#[^\n]*\n)*?\s*#[ \t]*@package[ \t:]+([A-Za-z0-9_.-]+)", RegexOptions.CultureInvariant, 100)]
    private static partial Regex Header();
}
