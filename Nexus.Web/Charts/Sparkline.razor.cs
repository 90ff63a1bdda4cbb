using System.Text;
using Microsoft.AspNetCore.Components;
using Nexus.Web.Shell;

namespace Nexus.Web.Charts;

/// <summary>A line the size of a word; gaps where nothing is known, a dashed rule where nothing is.</summary>
public sealed partial class Sparkline : ComponentBase
{
    private string? _path;

    [Parameter, EditorRequired] public IReadOnlyList<double?> Values { get; set; } = [];
    [Parameter] public int Width { get; set; } = 96;

    /// <summary>The line stands on zero; else on its own least.</summary>
    [Parameter] public bool FromZero { get; set; }
    [Parameter] public string? Label { get; set; }

    protected override void OnParametersSet() => _path = Path();

    private string Describe() => Values.LastOrDefault(value => value is not null) is { } last ? $"last {Format.Number(last)}" : "no values";

    private string? Path()
    {
        var known = Values.OfType<double>().ToList();
        if (known.Count < 2) return null;
        var low = FromZero ? Math.Min(0, known.Min()) : known.Min();
        var high = Math.Max(known.Max(), low + 1e-12);
        var path = new StringBuilder();
        var pen = false;
        for (var i = 0; i < Values.Count; i++)
        {
            if (Values[i] is not { } value)
            {
                pen = false;
                continue;
            }

            path.Append($"{(pen ? 'L' : 'M')}{i * (Width - 2.0) / (Values.Count - 1) + 1:0.#},{22 - (value - low) / (high - low) * 20:0.#}");
            pen = true;
        }

        return path.ToString();
    }
}
