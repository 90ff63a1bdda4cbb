using System.Globalization;
using Microsoft.AspNetCore.Components;
using Nexus.Data;
using Nexus.Data.Datasets;
using Nexus.Data.Datasets.Differences;
using Nexus.Inference.Datasets;
using Nexus.Web.Shell;

namespace Nexus.Web.Datasets;

/// <summary>Rows added, removed and changed since another version: how many, in which columns, and which.</summary>
public sealed partial class DatasetDifferences : ComponentBase, IDisposable
{
    private const int MaxColumns = 8;
    private readonly CancellationTokenSource _gone = new();
    private IReadOnlyList<IReadOnlyList<string>> _suggested = [];
    private IReadOnlyList<string> _key = [];
    private DatasetDifference? _difference;
    private (int Version, int Against, string? Key)? _of;
    private DifferenceKind _kind;
    private string? _failure;

    [Parameter, EditorRequired] public DatasetVersionView Version { get; set; } = null!;
    [Parameter] public DatasetVersionView? Before { get; set; }
    [Parameter] public DatasetComparison? Comparison { get; set; }

    /// <summary>The columns that tell rows apart; one empty text for none; absent for those suggested.</summary>
    [SupplyParameterFromQuery(Name = "key")] public string[]? Key { get; set; }
    [SupplyParameterFromQuery(Name = "rows")] public string? Kind { get; set; }
    [Inject] public required DifferenceService Differences { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    private List<IReadOnlyList<string>> Choices => [.. _suggested, .. _key.Count > 0 && !_suggested.Any(s => s.SequenceEqual(_key)) ? [_key] : Array.Empty<IReadOnlyList<string>>()];

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (Before is not { } before) return;
        var of = (Version.Version, before.Version, Key is null ? null : string.Join('\0', Key));
        if (_of == of) return;
        (_of, _difference, _failure) = (of, null, null);
        try
        {
            _suggested = await Differences.SuggestKeysAsync(new(Version.Name, Version.Version), before.Version, _gone.Token);
            _key = Key is { Length: > 0 } asked ? [.. asked.Where(k => k.Length > 0)] : _suggested.Count > 0 ? _suggested[0] : [];
            StateHasChanged();
            _difference = await Differences.SummaryAsync(new(Version.Name, Version.Version), before.Version, _key, _gone.Token);
            _kind = Enum.TryParse<DifferenceKind>(Kind, ignoreCase: true, out var wanted) && Counts(_difference).Any(c => c.Kind == wanted && c.Count > 0)
                ? wanted
                : Counts(_difference).OrderBy(c => c.Kind == DifferenceKind.Changed ? 0 : 1).FirstOrDefault(c => c.Count > 0).Kind;
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The page went away.
        }
        catch (RefusedException refused)
        {
            _failure = refused.Message;
        }
    }

    private static (DifferenceKind Kind, long? Count)[] Counts(DatasetDifference d) =>
        [(DifferenceKind.Added, d.Added), (DifferenceKind.Removed, d.Removed), (DifferenceKind.Changed, d.Changed)];

    private static string Width(long part, long whole) => (100.0 * part / Math.Max(1, whole)).ToString("0.#", CultureInfo.InvariantCulture);

    private static string Text(object? cell) => cell switch
    {
        null => Format.Unknown,
        bool b => b ? "true" : "false",
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        _ => cell.ToString()!,
    };

    private static string Cell(object? cell) => Format.MiddleCut(Text(cell), 40);

    /// <summary>The key, and of a row that came or went the first other columns.</summary>
    private IEnumerable<string> ShownColumns(DatasetDifference difference) => _kind == DifferenceKind.Changed
        ? difference.Key
        : difference.Key.Concat((_kind == DifferenceKind.Removed ? Before! : Version).Columns.Select(c => c.Name).Except(difference.Key, StringComparer.Ordinal).Take(MaxColumns));

    private bool IsNumber(string column) =>
        (_kind == DifferenceKind.Removed ? Before! : Version).Columns.Any(c => c.Name == column && ColumnTypes.IsNumeric(c.Type));

    private Task<Page<DifferenceRow>> LoadAsync(PageRequest request, CancellationToken ct) =>
        Differences.RowsAsync(new(Version.Name, Version.Version), Before!.Version, _key, _kind, request, ct);

    private void Choose(DifferenceKind kind)
    {
        _kind = kind;
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("rows", kind.ToString().ToLowerInvariant()), replace: true);
    }

    private void ChooseKey(ChangeEventArgs change) =>
        Go(int.TryParse(change.Value?.ToString(), out var index) && index < Choices.Count ? [.. Choices[index]] : [""]);

    private void AddToKey(ChangeEventArgs change)
    {
        if (change.Value?.ToString() is { Length: > 0 } column) Go([.. _key, column]);
    }

    private void Go(string[] key) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["key"] = key, ["rows"] = null }));
}
