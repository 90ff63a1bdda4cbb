using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Nexus.Web.Shell;

/// <summary>The palette in its dialog; what fails in it stays in it.</summary>
public sealed partial class PaletteDialog : ComponentBase
{
    private ErrorBoundary? _boundary;
}
