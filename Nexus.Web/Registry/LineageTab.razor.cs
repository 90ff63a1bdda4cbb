using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Lineage;

namespace Nexus.Web.Registry;

/// <summary>The arrows that lead to and from a model version, in the order of time.</summary>
public sealed partial class LineageTab : ComponentBase
{
    private IReadOnlyList<LineageEdge>? _edges;

    /// <summary>As the ledger writes subjects.</summary>
    [Parameter, EditorRequired] public string Subject { get; set; } = "";
    [Inject] public required IDbContextFactory<NexusDb> Contexts { get; init; }

    protected override async Task OnParametersSetAsync()
    {
        await using var db = await Contexts.CreateDbContextAsync();
        _edges = [.. (await LineageGraph.AroundAsync(db, Subject, CancellationToken.None)).OrderBy(e => e.CreatedAt).ThenBy(e => e.Id)];
    }

    private static string Verb(string relation) => relation switch
    {
        "read" => "was read by",
        "made" => "made",
        "approved" => "approved",
        "serves" => "serves",
        _ => relation,
    };
}
