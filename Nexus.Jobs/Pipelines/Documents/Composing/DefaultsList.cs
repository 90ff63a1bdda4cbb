using System.Text.RegularExpressions;
using Nexus.Data;

namespace Nexus.Jobs.Pipelines.Documents.Composing;

/// <summary>Reads a <c>defaults:</c> list. Groups and packages count from those of the document that the list stands in.</summary>
/// <param name="group">The group of that document; empty for a pipeline.</param>
/// <param name="package">The path that it is merged under; empty for a pipeline.</param>
internal sealed partial class DefaultsList(string group, string package, List<PipelineProblem> problems)
{
    private const int MaxEntries = 100;
    private const string Form = "An entry is 'group: option', 'group@package: option', 'optional group: option', 'override group: option' or _self_.";

    /// <summary>The entries that can be read, <c>_self_</c> among them once: last, where the list does not say.</summary>
    public IReadOnlyList<DefaultEntry> Read(DocumentNode document)
    {
        var entries = new List<DefaultEntry>();
        var list = document["defaults"];
        if (list is { Kind: NodeKind.List })
        {
            if (list.Items.Count > MaxEntries) problems.Add(PipelineProblem.At(list, $"A list of defaults has at most {MaxEntries} entries."));
            foreach (var item in list.Items.Take(MaxEntries)) Add(entries, item);
        }
        else if (list is not null && !PipelineGrammar.IsNothing(list))
        {
            problems.Add(PipelineProblem.At(list, $"'defaults' is a list, not {list.KindName}. {Form}"));
        }

        if (!entries.Exists(e => e.Kind == DefaultKind.Self)) entries.Add(Self(document));
        return entries;
    }

    /// <summary>The group that a name in the list stands for.</summary>
    public string GroupOf(string name) => name.StartsWith('/') ? name[1..] : Join(group, name, '/');

    /// <param name="given">As written: counted from the document's own, but for <c>_global_</c>.</param>
    public string PackageOf(string given, string optionGroup, string option) =>
        given == "_global_" ? ""
        : given.StartsWith("_global_.", StringComparison.Ordinal) ? given["_global_.".Length..]
        : given is "" or "_here_" ? package
        : Join(package, given.Replace("_group_", optionGroup.Replace('/', '.'), StringComparison.Ordinal).Replace("_name_", option, StringComparison.Ordinal), '.');

    private void Add(List<DefaultEntry> entries, DocumentNode item)
    {
        if (item.Text is "_self_")
        {
            if (entries.Exists(e => e.Kind == DefaultKind.Self)) problems.Add(PipelineProblem.At(item, "_self_ is there twice."));
            else entries.Add(Self(item));
        }
        else if (item.Text is { } name)
        {
            if (Named(item, name) is { } entry) entries.Add(entry);
        }
        else if (item is { Kind: NodeKind.Map, Members: [var member] })
        {
            if (Choice(member) is { } entry) entries.Add(entry);
        }
        else
        {
            problems.Add(PipelineProblem.At(item, item.Kind == NodeKind.Map && item.Members.Count > 1 ? $"An entry has one key; begin another entry for '{item.Members[1].Name}'. {Form}" : Form));
        }
    }

    private static DefaultEntry Self(DocumentNode node) => new(DefaultKind.Self, "", "", false, [], node.Place, node);

    // 'name' is a config beside this one; 'group/name' one of that group.
    private DefaultEntry? Named(DocumentNode item, string text)
    {
        var (path, given) = Split(text);
        var slash = path.LastIndexOf('/');
        var (of, option) = slash < 0 ? (group, path) : (GroupOf(path[..slash]), path[(slash + 1)..]);
        if (of.Length == 0 || !IsGroup(of) || !Names.IsName(option))
        {
            problems.Add(PipelineProblem.At(item, $"'{text}' names no config. {Form}", Suggestion.For(text, ["_self_"])));
            return null;
        }

        var at = given is not null ? PackageOf(given, of, option) : slash < 0 ? package : Join(package, path[..slash].TrimStart('/').Replace('/', '.'), '.');
        return new(DefaultKind.Config, of, at, given is not null, [option], item.Place, item);
    }

    private DefaultEntry? Choice(DocumentMember member)
    {
        var match = Key().Match(member.Name);
        var (word, path) = (match.Groups["word"].Value, match.Groups["group"].Value);
        if (!match.Success || !IsGroup(path.TrimStart('/')))
        {
            problems.Add(PipelineProblem.At(member.NamePlace, member.Node, $"'{member.Name}' names no group. {Form}"));
            return null;
        }

        if (Options(member) is not { } options) return null;
        var of = GroupOf(path);
        string? given = match.Groups["package"].Success ? match.Groups["package"].Value : null;
        var at = given is null ? Join(package, path.TrimStart('/').Replace('/', '.'), '.') : PackageOf(given, of, options.Count > 0 ? options[0] : "");
        return new(word == "override" ? DefaultKind.Override : DefaultKind.Choice, of, at, given is not null, options, member.NamePlace, member.Node, word == "optional");
    }

    private List<string>? Options(DocumentMember member)
    {
        var node = member.Node;
        if (PipelineGrammar.IsNothing(node)) return [];
        List<DocumentNode> items = node.Kind == NodeKind.List ? node.Items : [node];
        var wrong = items.FirstOrDefault(i => !Names.IsName(i.Text));
        if (wrong is null) return [.. items.Select(i => i.Text!)];
        problems.Add(PipelineProblem.At(wrong, wrong.Text is { } text ? $"'{text}' is not a config's name." : $"'{member.Name}' chooses a config by its name, not by {wrong.KindName}."));
        return null;
    }

    private static (string Path, string? Package) Split(string text) =>
        text.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at ? (text[..at], text[(at + 1)..]) : (text, null);

    private static string Join(string first, string second, char separator) =>
        first.Length == 0 ? second : second.Length == 0 ? first : $"{first}{separator}{second}";

    internal static bool IsGroup(string group) => group.Split('/').All(Names.IsName);

    [GeneratedRegex(@"\A(?:(?<word>optional|override) +)?(?<group>/?[a-z0-9/-]+)(?:@(?<package>[A-Za-z0-9_.-]*))?\z", RegexOptions.CultureInvariant, 100)]
    private static partial Regex Key();
}
