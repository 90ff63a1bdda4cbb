using Microsoft.AspNetCore.Components;
using Nexus.Data.Lineage;

namespace Nexus.Web.Registry;

/// <summary>The arrows that lead to and from a model version, in the order of time.</summary>
public sealed partial class LineageTab : ComponentBase
{
    private IReadOnlyList<LineageArrow>? _edges;

    /// <summary>As the ledger writes subjects.</summary>
    [Parameter, EditorRequired] public string Subject { get; set; } = "";
    [Inject] public required LineageService Lineage { get; init; }

    protected override async Task OnParametersSetAsync() =>
        _edges = (await Lineage.GetAsync(new(Subject, Depth: LineageRequest.MostDepth), CancellationToken.None)).Edges;

    private static string Verb(string relation) => relation switch
    {
        "read" => "was read by",
        "made" => "made",
        "approved" => "approved",
        "serves" => "serves",
        _ => relation,
    };
}
