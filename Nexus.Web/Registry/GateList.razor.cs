using Microsoft.AspNetCore.Components;
using Nexus.Data.Registry;

namespace Nexus.Web.Registry;

/// <summary>What was asked of a version, and how it went.</summary>
public sealed partial class GateList : ComponentBase
{
    /// <summary>Null where there was no evaluation.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<EvaluationGate>? Gates { get; set; }
}
