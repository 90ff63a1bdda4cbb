using Nexus.Web.Shell;

namespace Nexus.Web.Pipelines;

/// <summary>The facets of the room Pipelines.</summary>
internal static class PipelineTabs
{
    public static IReadOnlyList<Tab> All { get; } = [new("Pipelines", "pipelines"), new("Configs", "configs")];
}
