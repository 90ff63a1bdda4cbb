namespace Nexus.Jobs.Pipelines.Documents.Composing;

/// <summary>One line of a <c>defaults:</c> list, with its group and package made absolute.</summary>
/// <param name="Group">Empty for <c>_self_</c>.</param>
/// <param name="Package">The path that the config is merged under; empty for the root.</param>
/// <param name="PackageGiven">Whether it is the list's own word, which a config's header does not change.</param>
/// <param name="Options">The chosen configs; none for <c>null</c>.</param>
/// <param name="Node">Where the choice is written.</param>
internal sealed record DefaultEntry(
    DefaultKind Kind, string Group, string Package, bool PackageGiven, IReadOnlyList<string> Options, Place KeyPlace, DocumentNode Node, bool Optional = false)
{
    /// <summary>What an override calls it: the group, and the package where that is not the group's own.</summary>
    public string Key => Package == Group.Replace('/', '.') ? Group : $"{Group}@{Package}";
}
