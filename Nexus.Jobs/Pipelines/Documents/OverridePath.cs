namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>Follows the paths of overrides, into what interpolations stand for too.</summary>
internal static class OverridePath
{
    public static DocumentNode? Child(DocumentNode node, string segment) => node.Kind switch
    {
        NodeKind.Map => node[segment],
        NodeKind.List => int.TryParse(segment, out var index) && index >= 0 && index < node.Items.Count ? node.Items[index] : null,
        _ => null,
    };

    /// <summary>The member on the way, before the path's end, that is one interpolation: <c>params: "${training.params}"</c>.</summary>
    public static (DocumentNode Holder, string Name, DocumentNode Node)? Interpolated(DocumentNode root, string[]? segments)
    {
        var at = root;
        foreach (var segment in segments?.SkipLast(1) ?? [])
        {
            if (Child(at, segment) is not { } next) return null;
            if (Target(next) is not null) return (at, segment, next);
            at = next;
        }

        return null;
    }

    /// <summary>Puts what it stands for in its place.</summary>
    /// <param name="room">How much may be written still; below 0 where this is more.</param>
    /// <returns>False where it stands for nothing that can be moved: no mapping or list, or one with paths relative to its place.</returns>
    public static bool WriteOut(DocumentNode root, (DocumentNode Holder, string Name, DocumentNode Node) member, ref int room)
    {
        DocumentNode? found = root;
        foreach (var segment in Target(member.Node)!.Split('.')) found = found is null ? null : Child(found, segment);
        if (found is null || found == member.Node || IsRelative(found) || (found.Kind == NodeKind.Scalar && Target(found) is null)) return false;
        if ((room -= Size(found)) < 0) return false;
        var written = found.Copy(member.Node.Text);
        if (member.Holder.Kind == NodeKind.Map) member.Holder.Set(member.Name, member.Holder.Member(member.Name)!.NamePlace, written);
        else member.Holder.Items[member.Holder.Items.IndexOf(member.Node)] = written;
        return true;
    }

    // The path of a text that is one interpolation by an absolute path, and nothing else.
    private static string? Target(DocumentNode node)
    {
        if (node.Text is not { } text || !text.StartsWith("${", StringComparison.Ordinal) || !text.EndsWith('}')) return null;
        var path = text[2..^1].Trim();
        return path.Length > 0 && path[0] != '.' && path.All(c => char.IsLetterOrDigit(c) || c is '.' or '_' or '-') ? path : null;
    }

    private static int Size(DocumentNode node) => 1 + node.Via.Count + node.Members.Sum(m => Size(m.Node)) + node.Items.Sum(Size);

    private static bool IsRelative(DocumentNode node) =>
        node.Text?.Contains("${.", StringComparison.Ordinal) == true || node.Members.Exists(m => IsRelative(m.Node)) || node.Items.Exists(IsRelative);
}
