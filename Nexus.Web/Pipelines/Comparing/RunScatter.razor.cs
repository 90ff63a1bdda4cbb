using System.Globalization;
using Microsoft.AspNetCore.Components;
using Nexus.Data.Pipelines.Comparing;
using Nexus.Web.Charts;

namespace Nexus.Web.Pipelines.Comparing;

/// <summary>Any metric against any parameter, or against the time that it took.</summary>
public sealed partial class RunScatter : ComponentBase
{
    private const string Time = "time (s)";
    private string? _x;
    private string? _y;

    [Parameter, EditorRequired] public RunComparison Comparison { get; set; } = null!;
    [Parameter, EditorRequired] public Ranking Ranking { get; set; } = null!;

    /// <summary>The parameters to choose from.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<string> Params { get; set; } = [];
    [Parameter, EditorRequired] public IReadOnlyList<string> Metrics { get; set; } = [];

    private IReadOnlyList<string> Choices => [.. Params, Time];

    private string? X => _x is not null && Choices.Contains(_x) ? _x : Choices[0];

    private string Y => _y is not null && Metrics.Contains(_y) ? _y : Ranking.Metric;

    private IReadOnlyList<ScatterPoint> Points => [.. Comparison.Runs.Select(Point)];

    private ScatterPoint Point(ComparedRun run, int at)
    {
        var text = X == Time ? run.Seconds?.ToString("R", CultureInfo.InvariantCulture) : run.Params.GetValueOrDefault(X!);
        var number = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) ? parsed : (double?)null;
        var estimate = run.Summary.Metrics.GetValueOrDefault(Y);
        return new(ComparedName.Of(Comparison, at), number, estimate?.Value, estimate?.Lower, estimate?.Upper, number is null ? text ?? "none" : null, $"runs/{run.Summary.Id}", at == Ranking.Best);
    }
}
