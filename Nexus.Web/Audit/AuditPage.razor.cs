using System.Globalization;
using Microsoft.AspNetCore.Components;
using Nexus.Data;
using Nexus.Data.Audit;
using Nexus.Web.Identity;
using Nexus.Web.Shell;

namespace Nexus.Web.Audit;

/// <summary>Who did what? A list with its filters in the address; one entry opens beside it, with its proof.</summary>
public sealed partial class AuditPage : ComponentBase
{
    private static readonly string[] Topics = ["ledger"];
    private KeysetTable<AuditEntry>? _table;
    private string _filters = "";
    private bool _busy;

    [SupplyParameterFromQuery] public string? Who { get; set; }
    [SupplyParameterFromQuery] public string? Subject { get; set; }

    /// <summary>A day, UTC.</summary>
    [SupplyParameterFromQuery] public string? From { get; set; }

    /// <summary>A day, UTC, inclusive.</summary>
    [SupplyParameterFromQuery] public string? To { get; set; }

    /// <summary>The entry that is open.</summary>
    [SupplyParameterFromQuery] public long? Entry { get; set; }
    [Inject] public required AuditService Audit { get; init; }
    [Inject] public required CurrentActor Current { get; init; }
    [Inject] public required Notices Notices { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    private bool Filtered => new[] { Who, Subject, From, To }.Any(filter => !string.IsNullOrEmpty(filter));

    protected override async Task OnParametersSetAsync()
    {
        var filters = $"{Who}\n{Subject}\n{From}\n{To}";
        var changed = filters != _filters;
        _filters = filters;
        if (changed && _table is not null) await _table.RestartAsync();
    }

    private async Task<Page<AuditEntry>> LoadAsync(PageRequest request, CancellationToken ct) =>
        await Audit.ListAsync(new(Day(From), Day(To)?.AddDays(1), Text(Who), Text(Subject)), request, await Current.GetAsync(), ct);

    private Task RefreshAsync() => _table?.RefreshAsync() ?? Task.CompletedTask;

    private Task VerifyAsync() => BusyAsync(async () =>
    {
        var found = await Audit.VerifyAsync(await Current.GetAsync(), CancellationToken.None);
        if (found.Valid) Notices.Done($"All {Format.Count(found.Entries)} entries are whole.");
    });

    private Task CheckpointAsync() => BusyAsync(async () =>
    {
        var (checkpoint, made) = await Audit.CheckpointAsync(await Current.GetAsync(), CancellationToken.None);
        Notices.Done(made ? $"A checkpoint over {Format.Count(checkpoint.Size)} entries is signed and kept." : $"The checkpoint over {Format.Count(checkpoint.Size)} entries covers all.");
    });

    private async Task BusyAsync(Func<Task> act)
    {
        _busy = true;
        await Notices.TryAsync(act);
        _busy = false;
    }

    private void Go(string filter, object? value) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { [filter] = Text(value as string), ["entry"] = null }));

    private string OpenAddress(long? sequence) =>
        Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["entry"] = sequence });

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    private static DateTimeOffset? Day(string? day) =>
        DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? new(date, TimeOnly.MinValue, TimeSpan.Zero) : null;
}
