using Microsoft.AspNetCore.Components;
using Nexus.Web.Shell;

namespace Nexus.Web.Lineage;

/// <summary>The lineage of any thing: where did it come from, what came of it?</summary>
public sealed partial class LineagePage : ComponentBase
{
    [Parameter] public string? Subject { get; set; }

    private SubjectPlace Place => SubjectPlace.Of(Subject ?? "");

    private Crumb[] Crumbs => Place.Href is { } href && !href.StartsWith("/lineage", StringComparison.Ordinal) ? [new(Place.Text, href)] : [];
}
