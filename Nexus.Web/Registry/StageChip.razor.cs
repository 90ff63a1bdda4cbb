using Microsoft.AspNetCore.Components;
using Nexus.Data.Registry;
using Nexus.Web.Shell;

namespace Nexus.Web.Registry;

/// <summary>Where a model version stands.</summary>
public sealed partial class StageChip : ComponentBase
{
    [Parameter, EditorRequired] public Stage Stage { get; set; }

    private ChipState State => Stage switch
    {
        Stage.Production => ChipState.Good,
        Stage.Staging => ChipState.Busy,
        _ => ChipState.Plain,
    };
}
