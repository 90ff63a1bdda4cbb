using Microsoft.AspNetCore.Components;
using Nexus.Jobs.Pipelines;
using Nexus.Web.Shell;

namespace Nexus.Web.Pipelines;

/// <summary>All pipelines by name.</summary>
public sealed partial class PipelinesPage : ComponentBase
{
    private static readonly string[] Topics = ["pipelines", "runs"];
    private KeysetTable<PipelineItem> _table = null!;

    [Inject] public required PipelineService Pipelines { get; init; }
}
