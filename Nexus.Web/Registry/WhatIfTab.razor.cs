using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Components;
using Nexus.Data;
using Nexus.Data.Registry;
using Nexus.Inference.Registry;
using Nexus.Web.Shell;

namespace Nexus.Web.Registry;

/// <summary>Inputs that a person makes up, and the answer as they type. Ends with the page; nothing is kept.</summary>
public sealed partial class WhatIfTab : ComponentBase, IDisposable
{
    private const int Few = 40;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(120);
    private readonly CancellationTokenSource _gone = new();
    private CancellationTokenSource? _asking;
    private WhatIfForm? _form;
    private WhatIfRow? _row;
    private Dictionary<string, string?> _from = [];
    private Dictionary<string, string?> _values = [];
    private WhatIfAnswer? _answer;
    private WhatIfAnswer? _other;
    private string? _problem;
    private string? _otherProblem;
    private string? _truth;
    private string? _sweep;
    private string _filter = "";
    private bool _all;
    private (string, int)? _asked;
    private int? _askedAgainst;
    private (string Model, int Version, WhatIfForm Form)? _otherForm;

    [Parameter, EditorRequired] public string Model { get; set; } = "";
    [Parameter, EditorRequired] public int Version { get; set; }

    /// <summary>Another version, asked the same.</summary>
    [Parameter] public int? Against { get; set; }

    /// <summary>The row to start from, as the URL has it.</summary>
    [Parameter] public long? Row { get; set; }
    [Parameter] public ExplanationResult? Explained { get; set; }
    [Inject] public required WhatIfService WhatIf { get; init; }
    [Inject] public required WhatIfStarts Starts { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    private bool Changed => _form!.Fields.Any(f => IsChanged(f.Name));

    private string Start => _row is null
        ? "from the medians and most frequent values of the training rows"
        : $"from row {Format.Count(_row.Number + 1)} of {Format.Count(_form!.Rows)}, {_form.RowsAre}";

    // The inputs that matter most stand first, where that is known.
    private IEnumerable<(int Index, WhatIfField Item)> Fields
    {
        get
        {
            var order = Explained?.Importance.Index().ToDictionary(i => i.Item.Feature, i => i.Index, StringComparer.Ordinal) ?? [];
            var fields = _form!.Fields.Index().Where(f => _filter.Length == 0 || f.Item.Name.Contains(_filter, StringComparison.OrdinalIgnoreCase))
                .OrderBy(f => order.GetValueOrDefault(f.Item.Name, int.MaxValue)).ThenBy(f => f.Index);
            return _all || _form.Fields.Count <= Few ? fields : fields.Take(Few);
        }
    }

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        try
        {
            if (_asked != (Model, Version))
            {
                (_asked, _form, _row, _answer, _sweep) = ((Model, Version), null, null, null, null);
                _form = await Starts.FormAsync(Model, Version, _gone.Token);
                _sweep = (Explained?.Importance is [var first, ..] ? first.Feature : null) ?? _form.Fields.FirstOrDefault(CanSweep)?.Name;
                await StartAsync(Row is { } wanted && wanted >= 0 && wanted < _form.Rows ? wanted : Row is null && _form.Rows > 0 && _form.Fields.All(f => f.Default is null) ? 0 : null);
            }
            else if (_form is not null && Row != _row?.Number)
            {
                await StartAsync(Row is { } wanted && wanted >= 0 && wanted < _form.Rows ? wanted : null);
            }
            else if (_askedAgainst != Against && _form is not null)
            {
                await AskAsync();
            }
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The page went away.
        }
    }

    private static bool CanSweep(WhatIfField field) => field.Kind is not ("text" or "array");

    private static string? Hint(WhatIfField field) => field.Kind switch
    {
        "time" => "A time as ISO 8601 writes it; empty for missing.",
        "array" => $"An array of numbers as JSON: [1, 2, …] ({field.Datatype}).",
        _ when field is { Minimum: { } low, Maximum: { } high } => $"{Format.Number(low)} to {Format.Number(high)} in training; empty for missing.",
        _ => "Empty for missing.",
    };

    private bool IsChanged(string name) => (_values.GetValueOrDefault(name) ?? "") != (_from.GetValueOrDefault(name) ?? "");

    private Task GoAsync(long? row)
    {
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("row", row), replace: true);
        return row == _row?.Number ? StartAsync(row) : Task.CompletedTask;
    }

    private async Task StartAsync(long? row)
    {
        _row = row is { } number ? await Starts.RowAsync(Model, Version, number, _gone.Token) : null;
        _truth = _row?.Truth;
        _from = _form!.Fields.ToDictionary(f => f.Name, f => WhatIfText.Of(_row is null ? f.Default : _row.Inputs[f.Name]), StringComparer.Ordinal);
        _values = new(_from, StringComparer.Ordinal);
        await AskAsync();
    }

    private Task ResetAsync()
    {
        _values = new(_from, StringComparer.Ordinal);
        return AskAsync();
    }

    private async Task PutAsync(string name, string? value)
    {
        _values[name] = value;
        await AskAsync(Pause);
    }

    private async Task SweepAsync(string name)
    {
        _sweep = name;
        await AskAsync();
    }

    /// <summary>Asks for what stands in the form, after a pause where more may be typed. Only the newest answer is shown.</summary>
    private async Task AskAsync(TimeSpan pause = default)
    {
        _asking?.Cancel();
        using var asking = CancellationTokenSource.CreateLinkedTokenSource(_gone.Token);
        _asking = asking;
        try
        {
            if (pause > TimeSpan.Zero) await Task.Delay(pause, asking.Token);
            await AnswerAsync(asking.Token);
        }
        catch (Exception) when (asking.IsCancellationRequested)
        {
            // Another key came, or the page went away.
        }
        catch (RefusedException refusal)
        {
            _problem = refusal.Message;
        }
        finally
        {
            if (_asking == asking) _asking = null;
        }
    }

    private async Task AnswerAsync(CancellationToken ct)
    {
        (_askedAgainst, _other, _otherProblem) = (Against, null, null);
        var inputs = WhatIfText.Inputs(_form!.Fields, _values);
        var answer = await WhatIf.AskAsync(Model, Version, inputs, ct);
        ct.ThrowIfCancellationRequested();
        (_answer, _problem) = (answer, null);
        if (Against is { } other) await AskOtherAsync(other, inputs, ct);
        await DrawAsync(inputs, ct);
    }

    private async Task AskOtherAsync(int other, JsonObject inputs, CancellationToken ct)
    {
        try
        {
            if (_otherForm is not { } kept || (kept.Model, kept.Version) != (Model, other))
                _otherForm = kept = (Model, other, await Starts.FormAsync(Model, other, ct));
            var known = new JsonObject(kept.Form.Fields.Where(f => inputs.ContainsKey(f.Name)).Select(f => KeyValuePair.Create(f.Name, inputs[f.Name]?.DeepClone())));
            var answer = await WhatIf.AskAsync(Model, other, known, ct);
            ct.ThrowIfCancellationRequested();
            _other = answer;
        }
        catch (RefusedException refusal) when (!ct.IsCancellationRequested)
        {
            _otherProblem = refusal.Message;
        }
    }
}
