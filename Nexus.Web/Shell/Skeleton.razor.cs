using Microsoft.AspNetCore.Components;

namespace Nexus.Web.Shell;

/// <summary>Stands where rows will be while they load, in the height they will take, so that nothing jumps.</summary>
public sealed partial class Skeleton : ComponentBase
{
    [Parameter] public int Rows { get; set; } = 4;
}
