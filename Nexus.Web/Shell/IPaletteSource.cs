namespace Nexus.Web.Shell;

/// <summary>
/// What an area offers in the palette: register it scoped. Asked once when the palette opens, so it answers in few milliseconds
/// and with at most some dozens; things by name are found by the search. Offers nothing that the person may not do.
/// </summary>
public interface IPaletteSource
{
    Task<IReadOnlyList<PaletteItem>> ListAsync(PaletteContext context, CancellationToken ct);
}
