using System.Globalization;
using Microsoft.AspNetCore.Components;
using Nexus.Data;
using Nexus.Data.Agents;
using Nexus.Data.Registry;
using Nexus.Web.Shell;

namespace Nexus.Web.Agents;

/// <summary>What did it answer? A list with its filters in the address; one opens beside it.</summary>
public sealed partial class AgentDecisions : ComponentBase
{
    private KeysetTable<DecisionView>? _table;
    private IReadOnlyList<string> _classes = [];
    private string _filters = "";
    private int _shown;
    private long _counted;
    private DateTimeOffset _from;

    [Parameter, EditorRequired] public AgentView Agent { get; set; } = null!;
    [Parameter, EditorRequired] public string RangeKey { get; set; } = "";

    /// <summary>Counts up when something moved.</summary>
    [Parameter] public int Moves { get; set; }

    /// <summary>Decisions within the range, as counted now.</summary>
    [Parameter] public long InRange { get; set; }
    [SupplyParameterFromQuery(Name = "label")] public string? LabelFilter { get; set; }
    [SupplyParameterFromQuery(Name = "truth")] public string? TruthFilter { get; set; }
    [SupplyParameterFromQuery(Name = "version")] public string? VersionFilter { get; set; }
    [SupplyParameterFromQuery(Name = "unit")] public string? UnitFilter { get; set; }
    [SupplyParameterFromQuery(Name = "open")] public string? Open { get; set; }
    [Inject] public required DecisionReader Decisions { get; init; }
    [Inject] public required ModelCatalog Models { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }
    [Inject] public required TimeProvider Time { get; init; }

    private TimeRange Range => TimeRange.Of(RangeKey);

    private Guid? OpenId => Guid.TryParse(Open, out var id) ? id : null;

    private bool Filtered => !string.IsNullOrEmpty(LabelFilter) || !string.IsNullOrEmpty(TruthFilter) || !string.IsNullOrEmpty(VersionFilter) || !string.IsNullOrEmpty(UnitFilter);

    protected override async Task OnInitializedAsync()
    {
        if (Agent.ProductionVersion is { } version) _classes = (await Models.GetVersionAsync(Agent.Model, version, CancellationToken.None)).Signature.Classes ?? [];
    }

    protected override async Task OnParametersSetAsync()
    {
        var filters = $"{Agent.Name} {RangeKey} {LabelFilter} {TruthFilter} {VersionFilter} {UnitFilter}";
        var changed = filters != _filters;
        (_filters, _from) = (filters, changed ? Time.GetUtcNow() - Range.Length : _from);
        if (_table is null) return;
        if (changed) await _table.RestartAsync();
        else if (_shown != Moves) await MoveAsync(_table);
        (_shown, _counted) = (Moves, InRange);
    }

    /// <summary>New rows are announced, so that none moves under the pointer; what came back on those shown is filled in.</summary>
    private Task MoveAsync(KeysetTable<DecisionView> table)
    {
        var more = InRange - _counted;
        if (more <= 0 || _counted == 0 || Filtered) return table.ReloadAsync();
        table.AnnounceNew((int)Math.Min(more, int.MaxValue));
        return Task.CompletedTask;
    }

    private Task<Page<DecisionView>> LoadAsync(PageRequest request, CancellationToken ct) => Decisions.ListAsync(
        Agent.Name,
        new(
            From: _from, Label: Text(LabelFilter), TrueLabel: Text(TruthFilter), Unit: Text(UnitFilter),
            ModelVersion: int.TryParse(VersionFilter, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null),
        request, ct);

    private void Go(string filter, object? value) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { [filter] = Text(value as string), ["open"] = null }));

    private string OpenAddress(Guid? id) =>
        Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["open"] = id?.ToString() });

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
