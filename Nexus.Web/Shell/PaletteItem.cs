namespace Nexus.Web.Shell;

/// <summary>Something that the palette offers: a place to go to, or a thing to do.</summary>
/// <param name="Title">What it is called, or what it does in the words of a button: "Start a run of elec2".</param>
/// <param name="Kind">A quiet word at the right: <c>room</c>, <c>dataset</c>, <c>run</c>.</param>
public sealed record PaletteItem(string Title, string Kind = "")
{
    /// <summary>Where it leads; null where <see cref="Act"/> does something instead.</summary>
    public string? Href { get; init; }

    /// <summary>What it does, on the page's own thread. Refusals are told in a snackbar.</summary>
    public Func<Task>? Act { get; init; }

    /// <summary>The keys that do the same: <c>g r</c>.</summary>
    public string? Keys { get; init; }

    /// <summary>Other words that it is found by.</summary>
    public string Also { get; init; } = "";

    /// <summary>Whether it is about the page that is open: such come first.</summary>
    public bool Here { get; init; }

    public PaletteGroup Group => Href is not null && Act is null && !Do ? PaletteGroup.Go : PaletteGroup.Do;

    /// <summary>Set where it leads to a page in order to do something there.</summary>
    public bool Do { get; init; }
}
