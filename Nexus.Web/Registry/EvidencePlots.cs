using Microsoft.AspNetCore.Components;
using Nexus.Jobs.Registry.Evidence;

namespace Nexus.Web.Registry;

/// <summary>What plots of a version's evidence are given, of whatever kind the model is.</summary>
public abstract class EvidencePlots : ComponentBase
{
    [Parameter, EditorRequired] public ModelEvidence Mine { get; set; } = null!;

    /// <summary>Null where it is compared with none.</summary>
    [Parameter] public ModelEvidence? Other { get; set; }
    [Parameter, EditorRequired] public string Name { get; set; } = "";
    [Parameter] public string OtherName { get; set; } = "";

    /// <summary>What drives it, at the end of the first row.</summary>
    [Parameter] public RenderFragment? Drivers { get; set; }

    /// <summary>How it depends on one feature.</summary>
    [Parameter] public RenderFragment? Dependence { get; set; }
}
