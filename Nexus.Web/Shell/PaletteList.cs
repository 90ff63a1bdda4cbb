namespace Nexus.Web.Shell;

/// <summary>What the palette shows for what was typed.</summary>
internal static class PaletteList
{
    private const int PerGroup = 8;

    /// <param name="offered">From the sources.</param>
    /// <param name="recent">Places that were open lately, the newest first.</param>
    /// <param name="found">By the search, best first.</param>
    public static IReadOnlyList<(PaletteGroup Group, PaletteItem Item)> Of(
        string query, IReadOnlyList<PaletteItem> offered, IReadOnlyList<PaletteItem> recent, IReadOnlyList<PaletteItem> found)
    {
        var text = query.Trim();
        var shown = new List<(PaletteGroup, PaletteItem)>();
        if (text.Length == 0)
        {
            Add(PaletteGroup.Here, offered.Where(item => item.Here));
            Add(PaletteGroup.Recent, recent.Take(5));
            Add(PaletteGroup.Go, offered.Where(item => !item.Here && item.Group == PaletteGroup.Go), 20);
            Add(PaletteGroup.Do, offered.Where(item => !item.Here && item.Group == PaletteGroup.Do), 20);
            return shown;
        }

        // A thing that the search found by its name stands among the places, so that a name leads to the thing before it does
        // something with it; what was found by its words alone comes last.
        var fitting = offered.Concat(found).Select(item => (Item: item, Score: PaletteRank.Of(text, item.Title, item.Also) + (item.Here ? 400 : 0)))
            .Where(item => item.Score is not null).OrderByDescending(item => item.Score).ToList();
        var places = recent.Select(item => (Item: item, Score: PaletteRank.Of(text, item.Title))).Where(item => item.Score is not null).OrderByDescending(item => item.Score).ToList();
        // The group whose best fits best comes first.
        (PaletteGroup Group, List<(PaletteItem Item, int? Score)> Items)[] groups =
        [
            (PaletteGroup.Go, [.. fitting.Where(item => item.Item.Group == PaletteGroup.Go)]),
            (PaletteGroup.Recent, places),
            (PaletteGroup.Do, [.. fitting.Where(item => item.Item.Group == PaletteGroup.Do)]),
        ];
        foreach (var (group, items) in groups.Where(g => g.Items.Count > 0).OrderByDescending(g => g.Items[0].Score)) Add(group, items.Select(item => item.Item));
        Add(PaletteGroup.Found, found);
        return shown;

        void Add(PaletteGroup group, IEnumerable<PaletteItem> items, int most = PerGroup) => shown.AddRange(
            items.Where(item => item.Href is null || item.Do || !shown.Exists(known => known.Item2.Href == item.Href && !known.Item2.Do)).Take(most).Select(item => (group, item)));
    }

    public static string Title(PaletteGroup group) => group switch
    {
        PaletteGroup.Here => "On this page",
        PaletteGroup.Recent => "Lately open",
        PaletteGroup.Go => "Go to",
        PaletteGroup.Do => "Do",
        _ => "Found",
    };
}
