using Microsoft.AspNetCore.Components;

namespace Nexus.Web.Shell;

/// <summary>
/// The frame as it comes with the document, so that it stands while the page connects. Its links and its account work; the layout
/// takes its place, pixel for pixel, with the first interactive rendering.
/// </summary>
public sealed partial class FirstFrame : ComponentBase;
