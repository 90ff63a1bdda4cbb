using Microsoft.AspNetCore.Components;

namespace Nexus.Web.Charts;

/// <summary>Parts of a whole as one bar; each part says its name and share.</summary>
public sealed partial class ShareBar : ComponentBase
{
    [Parameter, EditorRequired] public IReadOnlyList<SharePart> Parts { get; set; } = [];
}
