using Microsoft.AspNetCore.Components;

namespace Nexus.Web.Shell;

/// <summary>The rooms that a person may open, with what waits in them.</summary>
public sealed partial class Rail : ComponentBase;
