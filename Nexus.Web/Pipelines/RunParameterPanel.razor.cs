using Microsoft.AspNetCore.Components;
using Nexus.Data;
using Nexus.Data.Pipelines;
using Nexus.Jobs.Pipelines.Documents;

namespace Nexus.Web.Pipelines;

/// <summary>A run's parameters, those first that differ from the run before it.</summary>
public sealed partial class RunParameterPanel : ComponentBase
{
    private EarlierRun? _previous;
    private Guid _shown;
    private bool _all;
    private IReadOnlyList<(string Key, string? Now, string? Before)> _different = [];
    private Dictionary<string, ValueOrigin> _origins = [];
    private IReadOnlyList<string> _configs = [];

    [Parameter, EditorRequired] public RunDetail Run { get; set; } = null!;
    [Inject] public required EarlierRuns Earlier { get; init; }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Run.Summary.Id) return;
        _shown = Run.Summary.Id;
        _origins = Run.Origins["values"] is { } values ? CanonicalJson.Read<Dictionary<string, ValueOrigin>>(values.ToJsonString()) : [];
        _configs = Run.Origins["configs"] is { } configs ? [.. CanonicalJson.Read<UsedConfig[]>(configs.ToJsonString()).Select(c => c.ToString())] : [];
        _previous = await Earlier.BeforeAsync(Run.Summary.Id, CancellationToken.None);
        var before = _previous?.Params ?? Run.Params;
        _different = [.. Run.Params.Keys.Union(before.Keys).Order(StringComparer.Ordinal)
            .Select(key => (key, Run.Params.GetValueOrDefault(key), before.GetValueOrDefault(key)))
            .Where(pair => pair.Item2 != pair.Item3)];
    }

    private static string Key(string path) => path.StartsWith("steps.", StringComparison.Ordinal) ? path[6..].Replace(".with.", ".", StringComparison.Ordinal) : path;

    /// <summary>Where the value came from, in full.</summary>
    private string? From(string key) => Origin(key) is { } origin ? OriginWords.Whole(origin) : null;

    private string Title(string key, string value) => From(key) is { } from ? $"{value}\n{from}" : value;

    /// <summary>The same in short, where it is not the pipeline's own text.</summary>
    private string Elsewhere(string key) => Origin(key) is { Source: not "pipeline" } origin ? $" · {(origin.Source == "override" ? "override" : origin.Words)}" : "";

    private ValueOrigin? Origin(string key)
    {
        var dot = key.IndexOf('.', StringComparison.Ordinal);
        var whole = dot < 0 ? key : $"steps.{key[..dot]}.with.{key[(dot + 1)..]}";
        return new[] { key, whole, key + ".0", whole + ".0" }.Select(_origins.GetValueOrDefault).FirstOrDefault(o => o is not null);
    }
}
