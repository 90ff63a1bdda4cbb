using System.Globalization;
using Microsoft.AspNetCore.Components;
using Nexus.Data.Pipelines.Comparing;
using Nexus.Web.Charts;

namespace Nexus.Web.Pipelines.Comparing;

/// <summary>Any metric against any parameter, or against the time that it took.</summary>
public sealed partial class RunScatter : ComponentBase
{
    private const string Time = "time (s)";

    [Parameter, EditorRequired] public RunComparison Comparison { get; set; } = null!;
    [Parameter, EditorRequired] public Ranking Ranking { get; set; } = null!;

    /// <summary>The parameters to choose from.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<string> Params { get; set; } = [];
    [Parameter, EditorRequired] public IReadOnlyList<string> Metrics { get; set; } = [];

    /// <summary>The parameter to the right; null: the first.</summary>
    [Parameter] public string? Against { get; set; }
    [Parameter] public EventCallback<string?> AgainstChanged { get; set; }

    /// <summary>The metric upwards; null: the one that tells.</summary>
    [Parameter] public string? Figure { get; set; }
    [Parameter] public EventCallback<string?> FigureChanged { get; set; }

    private IReadOnlyList<string> Choices => [.. Params, Time];

    private string? X => Against is not null && Choices.Contains(Against) ? Against : Choices[0];

    private string Y => Figure is not null && Metrics.Contains(Figure) ? Figure : Ranking.Metric;

    private IReadOnlyList<ScatterPoint> Points => [.. Comparison.Runs.Select(Point)];

    private ScatterPoint Point(ComparedRun run, int at)
    {
        var text = X == Time ? run.Seconds?.ToString("R", CultureInfo.InvariantCulture) : run.Params.GetValueOrDefault(X!);
        var number = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) ? parsed : (double?)null;
        var estimate = run.Summary.Metrics.GetValueOrDefault(Y);
        return new(ComparedName.Of(Comparison, at), number, estimate?.Value, estimate?.Lower, estimate?.Upper, number is null ? text ?? "none" : null, $"runs/{run.Summary.Id}", at == Ranking.Best);
    }
}
