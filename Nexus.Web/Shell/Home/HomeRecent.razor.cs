using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Audit;

namespace Nexus.Web.Shell.Home;

/// <summary>The ledger's last entries in words, for whoever may read the ledger.</summary>
public sealed partial class HomeRecent : ComponentBase
{
    private static readonly string[] Topics = ["ledger"];
    private IReadOnlyList<Entry>? _entries;

    [Inject] public required IDbContextFactory<NexusDb> Contexts { get; init; }

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        await using var db = await Contexts.CreateDbContextAsync();
        var entries = await db.Set<LedgerEntry>().AsNoTracking().OrderByDescending(e => e.Sequence).Take(6)
            .Select(e => new { e.Sequence, e.At, e.Actor, e.Action, e.Subject }).ToListAsync();
        _entries = [.. entries.Select(e => new Entry(e.Sequence, e.At, e.Actor, Words(e.Action, e.Subject)))];
    }

    // model.transitioned, model/elec2@3 → transitioned model elec2 3
    private static string Words(string action, string subject)
    {
        var verb = action[(action.LastIndexOfAny(['.', '-']) + 1)..];
        var (kind, name) = subject.Split('/', 2) is [var first, var second] ? (first, second) : ("", subject);
        if (Guid.TryParse(name, out _)) name = Format.ShortId(name);
        return $"{verb} {kind} {Format.MiddleCut(name.Replace('@', ' '), 32)}";
    }

    private sealed record Entry(long Sequence, DateTimeOffset At, string Actor, string Words);
}
