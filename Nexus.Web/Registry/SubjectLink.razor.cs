using Microsoft.AspNetCore.Components;
using Nexus.Web.Shell;

namespace Nexus.Web.Registry;

/// <summary>A thing as ledger and lineage write it (<c>model/elec2@3</c>), as words and a link to its page.</summary>
public sealed partial class SubjectLink : ComponentBase
{
    private string _text = "";
    private string? _href;

    [Parameter, EditorRequired] public string Subject { get; set; } = "";

    protected override void OnParametersSet() => (_text, _href) = SubjectPlace.Of(Subject);
}
