using Nexus.Data;
using Nexus.Data.Identity;
using Nexus.Data.Pipelines;
using Nexus.Jobs.Pipelines;
using Nexus.Jobs.Sweeps;
using Shouldly;
using Xunit;

namespace Nexus.Jobs.Tests.Identity;

/// <summary>Whoever calls a service that writes must have the role, by whatever way they come.</summary>
public sealed class WritersTests
{
    private static readonly Actor Viewer = new("vera", new HashSet<Role> { Role.Viewer, Role.Labeler, Role.Approver, Role.Auditor, Role.Admin });

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Calls => [.. All.Keys];

    private static Dictionary<string, Func<TestPortal, Actor, Task>> All => new()
    {
        ["start a run"] = (portal, actor) => portal.Get<RunLauncher>().StartAsync("none", [], null, actor, Stop),
        ["cancel a run"] = (portal, actor) => portal.Get<RunLauncher>().CancelAsync(Guid.Empty, actor, Stop),
        ["retry a run"] = (portal, actor) => portal.Get<RunLauncher>().RetryAsync(Guid.Empty, actor, Stop),
        ["edit a run"] = (portal, actor) => portal.Get<RunEditor>().EditAsync(Guid.Empty, "note", null, actor, Stop),
        ["put a pipeline"] = (portal, actor) => portal.Get<PipelineService>().PutAsync("none", "no: pipeline", actor, Stop),
        ["put a config"] = (portal, actor) => portal.Get<ConfigService>().PutAsync("nowhere", "a: 1", actor, Stop),
        ["delete a config"] = (portal, actor) => portal.Get<ConfigService>().DeleteAsync("model/none", actor, Stop),
        ["start a sweep"] = (portal, actor) => portal.Get<SweepService>().StartAsync(new("none", [], "auc"), actor, Stop),
        ["pause a sweep"] = (portal, actor) => portal.Get<SweepService>().PauseAsync(Guid.Empty, actor, Stop),
        ["resume a sweep"] = (portal, actor) => portal.Get<SweepService>().ResumeAsync(Guid.Empty, actor, Stop),
        ["extend a sweep"] = (portal, actor) => portal.Get<SweepService>().ExtendAsync(Guid.Empty, 1, actor, Stop),
        ["cancel a sweep"] = (portal, actor) => portal.Get<SweepService>().CancelAsync(Guid.Empty, actor, Stop),
        ["save a view"] = (portal, actor) => portal.Get<SavedViewService>().PutAsync(" ", "q", actor, Stop),
        ["delete a view"] = (portal, actor) => portal.Get<SavedViewService>().DeleteAsync("none", actor, Stop),
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Who_is_no_engineer_is_refused_and_the_portal_itself_is_not(string call)
    {
        await using var portal = await TestPortal.StartAsync();

        (await Should.ThrowAsync<RefusedException>(() => All[call](portal, Viewer))).Kind.ShouldBe(RefusalKind.Forbidden);
        foreach (var actor in new[] { TestPortal.Engineer, Actor.System })
            (await Should.ThrowAsync<RefusedException>(() => All[call](portal, actor))).Kind.ShouldNotBe(RefusalKind.Forbidden);
    }
}
