namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>Says of every leaf of a composed document where it came from, by its path: <c>steps.train.with.features.0</c>.</summary>
internal static class ValueOrigins
{
    // A long override is told of each of its values.
    private const int MaxOverride = 200;

    public static SortedDictionary<string, ValueOrigin> All(DocumentNode root)
    {
        var origins = new SortedDictionary<string, ValueOrigin>(StringComparer.Ordinal);
        Add(origins, "", root);
        return origins;
    }

    /// <summary>A key that holds a dot stands in quotes.</summary>
    public static string Join(string path, string key)
    {
        var part = key.Contains('.', StringComparison.Ordinal) ? $"'{key}'" : key;
        return path.Length == 0 ? part : $"{path}.{part}";
    }

    public static ValueOrigin Of(DocumentNode node)
    {
        var via = new List<string>(node.Via);
        while (node.Meant is { } meant)
        {
            node = meant;
            via.AddRange(node.Via);
        }

        IReadOnlyList<string>? way = via.Count == 0 ? null : via;
        return node switch
        {
            { Variable: { } variable } => new("environment", variable, node.Place.Line, node.Place.Column, way),
            { Override: { } text } => new("override", text.Length <= MaxOverride ? text : text[..MaxOverride] + "…", node.Place.Line, node.Place.Column, way),
            { Config: { } config } => new("config", config, node.Place.Line, node.Place.Column, way),
            _ => new("pipeline", null, node.Place.Line, node.Place.Column, way),
        };
    }

    private static void Add(SortedDictionary<string, ValueOrigin> origins, string path, DocumentNode node)
    {
        foreach (var member in node.Members) Add(origins, Join(path, member.Name), member.Node);
        for (var i = 0; i < node.Items.Count; i++) Add(origins, Join(path, $"{i}"), node.Items[i]);
        if (node.Members.Count == 0 && node.Items.Count == 0) origins[path] = Of(node);
    }
}
