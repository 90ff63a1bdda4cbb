using Nexus.Data.Governance;
using Nexus.Data.Pipelines;
using Nexus.Data.Samples;

namespace Nexus.Web.Shell.Home;

/// <summary>All of Home but the agents, which move by themselves.</summary>
/// <param name="Ended">The newest runs, where none is running.</param>
/// <param name="Empty">Whether nothing was made here yet.</param>
public sealed record HomeView(
    IReadOnlyList<ApprovalView> Approvals,
    IReadOnlyList<FailedRun> Failed,
    IReadOnlyList<RunningRun> Running,
    IReadOnlyList<RunSummary> Ended,
    IReadOnlyList<RecentItem> Recent,
    SampleView? Sample,
    bool Empty);
