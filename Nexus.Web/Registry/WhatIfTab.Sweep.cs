using System.Globalization;
using System.Text.Json.Nodes;
using Nexus.Inference.Registry;
using Nexus.Web.Charts;
using Nexus.Web.Shell;

namespace Nexus.Web.Registry;

/// <summary>One input over its range, all others as they are.</summary>
public sealed partial class WhatIfTab
{
    private const int SweepPoints = 50;
    private const int MostCategories = 20;
    private const int MostLines = 3;
    private IReadOnlyList<LineSeries> _lines = [];
    private IReadOnlyList<ScatterPoint> _dots = [];
    private IReadOnlyList<ChartEvent> _here = [];
    private bool _sweepsTime;
    private string _output = "";

    private string SweepQuestion => $"What if {Format.MiddleCut(_sweep!, 28)} changes?";

    private string SweepAnswer => $"{_output}, all other inputs as they are";

    private async Task DrawAsync(JsonObject inputs, CancellationToken ct)
    {
        (_lines, _dots, _here) = ([], [], []);
        if (_form!.Fields.FirstOrDefault(f => f.Name == _sweep) is not { } field) return;
        var values = Values(field);
        if (values.Count < 2) return;
        var points = await WhatIf.SweepAsync(Model, Version, inputs, field.Name, values, ct);
        ct.ThrowIfCancellationRequested();
        var classes = Classes(points);
        _output = _answer!.Value is not null ? "prediction" : classes.Count == 1 ? $"score of {Format.MiddleCut(classes[0], 24)}" : "scores of the most likely classes";
        if (field.Kind is "category" or "boolean")
        {
            var now = _values.GetValueOrDefault(field.Name) ?? "";
            _dots = [.. points.Select(p => (Text: WhatIfText.Of(p.Value) ?? "", p.Answer)).Select(p =>
                new ScatterPoint(p.Text, null, Score(p.Answer, classes[0]), Category: p.Text.Length == 0 ? "(missing)" : Format.MiddleCut(p.Text, 20), Highlight: p.Text == now))];
            return;
        }

        _sweepsTime = field.Kind == "time";
        _lines = [.. classes.Select(c => new LineSeries(c.Length == 0 ? "prediction" : Format.MiddleCut(c, 24), [.. points.Select(p => new LinePoint(X(p.Value), Score(p.Answer, c)))]))];
        if (inputs.TryGetPropertyValue(field.Name, out var here) && here is not null) _here = [new(X(here), "here")];
    }

    // The range of training, of the explained rows, or around what was typed.
    private List<JsonNode?> Values(WhatIfField field)
    {
        if (field.Kind == "boolean") return [JsonValue.Create(false), JsonValue.Create(true)];
        if (field.Kind == "category") return [.. field.Values.Take(MostCategories).Append(_values.GetValueOrDefault(field.Name) ?? "").Distinct().Select(v => (JsonNode?)JsonValue.Create(v))];
        var seen = Explained?.Dependence.FirstOrDefault(d => d.Feature == field.Name)?.Points.Select(p => p.X).OfType<double>().ToList();
        var (low, high) = (field.Minimum ?? seen?.Min(), field.Maximum ?? seen?.Max());
        if (low is null && double.TryParse(_values.GetValueOrDefault(field.Name), CultureInfo.InvariantCulture, out var typed))
            (low, high) = (typed - Math.Max(1, Math.Abs(typed)), typed + Math.Max(1, Math.Abs(typed)));
        if (low is not { } from || high is not { } to || from >= to) return [];
        var steps = Enumerable.Range(0, SweepPoints).Select(i => from + ((to - from) * i / (SweepPoints - 1)));
        return field.Kind switch
        {
            "time" => [.. steps.Select(s => (JsonNode?)JsonValue.Create((long)s))],
            "integer" => [.. steps.Select(s => Math.Round(s)).Distinct().Select(s => (JsonNode?)JsonValue.Create(s))],
            _ => [.. steps.Select(s => (JsonNode?)JsonValue.Create(s))],
        };
    }

    private List<string> Classes(IReadOnlyList<WhatIfPoint> points)
    {
        if (_answer!.Scores.Count == 0) return [""];
        if (_answer.Scores.Count == 2) return [_answer.Scores.Keys.Last()];
        return [.. _answer.Scores.Keys.OrderByDescending(c => points.Max(p => p.Answer.Scores.GetValueOrDefault(c))).Take(MostLines)];
    }

    private static double? Score(WhatIfAnswer answer, string name) =>
        name.Length == 0 ? answer.Value : answer.Scores.TryGetValue(name, out var score) ? score : null;

    // A time axis counts milliseconds; times go to the model as microseconds.
    private double X(JsonNode? value) =>
        _sweepsTime ? WhatIfText.Microseconds(value) / 1000.0 : double.Parse(WhatIfText.Of(value) ?? "0", CultureInfo.InvariantCulture);
}
