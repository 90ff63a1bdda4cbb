using Microsoft.AspNetCore.Components;

namespace Nexus.Web.Pipelines.Comparing;

/// <summary>Settings by the share of the variance that goes with them.</summary>
public sealed partial class SettingEffects : ComponentBase
{
    [Parameter, EditorRequired] public IReadOnlyList<SettingEffect> Effects { get; set; } = [];
}
