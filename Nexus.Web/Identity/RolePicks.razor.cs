using Microsoft.AspNetCore.Components;
using Nexus.Data.Identity;

namespace Nexus.Web.Identity;

/// <summary>Roles to tick, each with what it allows.</summary>
public sealed partial class RolePicks : ComponentBase
{
    [Parameter] public IReadOnlyList<Role> Offered { get; set; } = Enum.GetValues<Role>();

    /// <summary>Changed in place.</summary>
    [Parameter, EditorRequired] public HashSet<Role> Picked { get; set; } = [];
    [Parameter] public EventCallback Changed { get; set; }

    private static string Says(Role role) => role switch
    {
        Role.Viewer => "sees everything but the audit",
        Role.Labeler => "answers label tasks",
        Role.Engineer => "data, pipelines, models, agents",
        Role.Approver => "signs promotions of others",
        Role.Auditor => "reads and verifies the audit",
        _ => "people, keys and settings",
    };

    private Task Pick(Role role, bool picked)
    {
        if (picked) Picked.Add(role);
        else Picked.Remove(role);
        return Changed.InvokeAsync();
    }
}
