using Microsoft.AspNetCore.Components;
using Nexus.Inference.Monitoring;

namespace Nexus.Web.Agents;

/// <summary>What changed? Every feature, the most serious first; one opens its bins and its test.</summary>
public sealed partial class AgentMonitoring : ComponentBase
{
    /// <summary>The rest is behind a button: nobody reads two hundred rows to learn that nothing changed.</summary>
    private const int FirstShown = 40;
    private string? _open;
    private bool _all;

    [Parameter, EditorRequired] public DriftReport Drift { get; set; } = null!;

    private void Toggle(string name) => _open = _open == name ? null : name;
}
