using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Nexus.Web.Shell;

/// <summary>The frame: rail, top bar, page. What fails in a page stays in the page.</summary>
public sealed partial class MainLayout
{
    private ErrorBoundary? _boundary;
    private ErrorBoundary? _dialogs;

    [Inject] public required NavigationManager Navigation { get; init; }

    private string Here => new Uri(Navigation.Uri).GetComponents(UriComponents.PathAndQuery, UriFormat.UriEscaped) + "#content";

    protected override void OnParametersSet()
    {
        _boundary?.Recover();
        _dialogs?.Recover();
    }

    private void Recover() => _boundary?.Recover();
}
