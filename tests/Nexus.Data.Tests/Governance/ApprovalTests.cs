using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Nexus.Data.Agents;
using Nexus.Data.Governance;
using Nexus.Data.Identity;
using Nexus.Data.Live;
using Nexus.Data.Registry;
using Nexus.Data.Storage;
using Nexus.Data.Tests.Registry;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Governance;

public sealed class ApprovalTests
{
    private static readonly Verdict Approve = new(true, "");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Approve_puts_the_version_into_Production_and_archives_the_former_at_once()
    {
        var served = new CountingServedModels();
        await using var database = await TestDatabase.StartAsync(configure: services => services.AddSingleton<IServedModels>(served));
        await PromoteAsync(database, "first");

        await PromoteAsync(database, "second");

        var versions = (await database.Get<ModelCatalog>().VersionsAsync("price", new(), Stop)).Items;
        versions.Select(v => (v.Version, v.Stage)).ShouldBe([(2, Stage.Production), (1, Stage.Archived)]);
        (await database.Get<ModelCatalog>().GetAsync("price", Stop)).ProductionVersion.ShouldBe(2);
        served.Refreshes.ShouldBe(2);
    }

    [Fact]
    public async Task Approve_counts_for_every_agent_that_follows_the_model()
    {
        await using var database = await TestDatabase.StartAsync();
        await AddAgentAsync(database, "prices");

        await PromoteAsync(database, "first");

        await using var db = database.Open();
        var agent = await db.Agents.SingleAsync(Stop);
        (agent.PlanRevision, agent.ServedVersion).ShouldBe((1, 1));
        (await db.LineageEdges.AnyAsync(e => e.From == "model/price@1" && e.Relation == "serves" && e.To == "agent/prices", Stop)).ShouldBeTrue();
        (await db.LineageEdges.AnyAsync(e => e.Relation == "approved" && e.To == "model/price@1", Stop)).ShouldBeTrue();
    }

    [Fact]
    public async Task Approve_by_the_requester_is_forbidden_and_changes_nothing()
    {
        await using var database = await TestDatabase.StartAsync();
        var id = await RequestAsync(database, by: Given.Both("eva"));
        var key = Given.Both("EVA") with { KeyMadeBy = "root" };

        (await Should.ThrowAsync<RefusedException>(() => DecideAsync(database, id, key))).Kind.ShouldBe(RefusalKind.Forbidden);

        (await database.Get<ApprovalInbox>().GetAsync(id, Stop)).State.ShouldBe(ApprovalState.Pending);
        (await database.Get<ModelCatalog>().GetAsync("price", Stop)).ProductionVersion.ShouldBeNull();
    }

    [Fact]
    public async Task Approve_without_the_role_is_forbidden()
    {
        await using var database = await TestDatabase.StartAsync();
        var id = await RequestAsync(database);

        (await Should.ThrowAsync<RefusedException>(() => DecideAsync(database, id, Given.Engineer with { Name = "eric" }))).Kind.ShouldBe(RefusalKind.Forbidden);
    }

    [Fact]
    public async Task Reject_needs_a_comment_and_leaves_the_stage()
    {
        await using var database = await TestDatabase.StartAsync();
        var id = await RequestAsync(database);
        var approvals = database.Get<ApprovalService>();

        (await Should.ThrowAsync<RefusedException>(() => approvals.DecideAsync(id, new(false, " "), Given.Approver, Stop))).Errors!.ShouldContainKey("comment");
        var rejected = await approvals.DecideAsync(id, new(false, "The slices are thin."), Given.Approver, Stop);

        (rejected.State, rejected.DecidedBy, rejected.Comment).ShouldBe((ApprovalState.Rejected, "ada", "The slices are thin."));
        (await database.Get<ModelCatalog>().GetVersionAsync("price", 1, Stop)).Stage.ShouldBe(Stage.None);
        (await Should.ThrowAsync<RefusedException>(() => DecideAsync(database, id, Given.Approver))).Kind.ShouldBe(RefusalKind.Conflict);
    }

    [Fact]
    public async Task Two_approvers_at_once_make_one_transition()
    {
        await using var database = await TestDatabase.StartAsync();
        var id = await RequestAsync(database);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            try
            {
                await DecideAsync(database, id, Given.Both($"approver{i}"));
                return true;
            }
            catch (RefusedException refused) when (refused.Kind == RefusalKind.Conflict)
            {
                return false;
            }
        })));

        outcomes.Count(won => won).ShouldBe(1);
        await using var db = database.Open();
        (await db.LedgerEntries.CountAsync(e => e.Action == "model.transitioned", Stop)).ShouldBe(1);
        (await db.LedgerEntries.CountAsync(e => e.Action == "approval.approved", Stop)).ShouldBe(1);
    }

    [Theory]
    [InlineData("description")]
    [InlineData("artifact")]
    [InlineData("stage")]
    [InlineData("evaluation")]
    public async Task Approve_of_what_has_changed_lapses_and_is_a_conflict(string change)
    {
        await using var database = await TestDatabase.StartAsync();
        var id = await RequestAsync(database);
        await ChangeAsync(database, change);

        (await Should.ThrowAsync<RefusedException>(() => DecideAsync(database, id, Given.Approver))).Kind.ShouldBe(RefusalKind.Conflict);

        (await database.Get<ApprovalInbox>().GetAsync(id, Stop)).State.ShouldBe(ApprovalState.Lapsed);
        (await database.Get<ModelCatalog>().GetAsync("price", Stop)).ProductionVersion.ShouldBeNull();
        await using var db = database.Open();
        (await db.LedgerEntries.CountAsync(e => e.Action == "approval.lapsed", Stop)).ShouldBe(1);
        (await Should.ThrowAsync<RefusedException>(() => DecideAsync(database, id, Given.Approver))).Kind.ShouldBe(RefusalKind.Conflict);
    }

    [Fact]
    public async Task Approve_of_one_lapses_the_others_of_its_model()
    {
        await using var database = await TestDatabase.StartAsync();
        var first = await RequestAsync(database);
        var second = await RequestAsync(database, content: "second");

        await DecideAsync(database, first, Given.Approver);

        (await database.Get<ApprovalInbox>().GetAsync(second, Stop)).State.ShouldBe(ApprovalState.Lapsed);
        (await Should.ThrowAsync<RefusedException>(() => DecideAsync(database, second, Given.Approver))).Kind.ShouldBe(RefusalKind.Conflict);
    }

    [Fact]
    public async Task More_traffic_or_another_agent_alone_does_not_lapse_an_approval()
    {
        var time = new FakeTimeProvider();
        await using var database = await TestDatabase.StartAsync(time);
        await AddAgentAsync(database, "prices");
        var id = await RequestAsync(database);
        await using (var db = database.Open())
        {
            db.MonitoringMinutes.Add(new()
            {
                AgentId = (await db.Agents.SingleAsync(Stop)).Id,
                ModelVersion = 1,
                Minute = time.GetUtcNow(),
                Decisions = 500,
                Errors = 0,
                Latency = [],
                Outputs = [],
                Features = [],
            });
            await db.SaveChangesAsync(Stop);
        }

        await AddAgentAsync(database, "newcomer");

        (await DecideAsync(database, id, Given.Approver)).State.ShouldBe(ApprovalState.Approved);
    }

    [Fact]
    public async Task Approve_after_72_hours_is_a_conflict_and_the_approval_expired()
    {
        var time = new FakeTimeProvider();
        await using var database = await TestDatabase.StartAsync(time);
        var id = await RequestAsync(database);
        time.Advance(ApprovalService.Open);

        (await Should.ThrowAsync<RefusedException>(() => DecideAsync(database, id, Given.Approver))).Kind.ShouldBe(RefusalKind.Conflict);

        var inbox = database.Get<ApprovalInbox>();
        (await inbox.GetAsync(id, Stop)).State.ShouldBe(ApprovalState.Expired);
        (await inbox.ListAsync(ApprovalState.Pending, new(), Stop)).Items.ShouldBeEmpty();
        await RequestAgainAsync(database);
    }

    [Fact]
    public async Task Request_while_one_is_pending_is_a_conflict()
    {
        await using var database = await TestDatabase.StartAsync();
        await RequestAsync(database);

        (await Should.ThrowAsync<RefusedException>(() => RequestAgainAsync(database))).Kind.ShouldBe(RefusalKind.Conflict);
    }

    [Fact]
    public async Task Request_shows_both_versions_who_is_affected_and_its_own_digest()
    {
        await using var database = await TestDatabase.StartAsync();
        await PromoteAsync(database, "first");
        await AddAgentAsync(database, "prices");

        var approval = await database.Get<ApprovalInbox>().GetAsync(await RequestAsync(database, content: "second"), Stop);

        approval.EvidenceDigest.ShouldBe(CanonicalJson.Digest(CanonicalJson.Write(approval.Evidence)));
        approval.Evidence.Candidate.Metrics["auc"].Lower.ShouldBe(0.76);
        approval.Evidence.Production!.Version.ShouldBe(1);
        approval.Evidence.Agents.ShouldBe([new("prices", 0)]);
        approval.Evidence.Candidate.Gates!.ShouldHaveSingleItem().Passed.ShouldBeTrue();
        approval.Evidence.Comparison!.Version.ShouldBe(1);
    }

    [Fact]
    public async Task Changes_are_told_with_the_number_that_wait()
    {
        await using var database = await TestDatabase.StartAsync();
        var told = new List<string>();
        using var subscription = database.Get<LiveEvents>().Subscribe("approvals", e => told.Add($"{e.Kind} {CanonicalJson.Write(e.Data)}"));

        var id = await RequestAsync(database);
        await DecideAsync(database, id, Given.Approver);

        told.ShouldBe([$$"""requested {"id":"{{id}}","pending":1}""", $$"""decided {"id":"{{id}}","pending":0}"""]);
    }

    private static async Task PromoteAsync(TestDatabase database, string content) =>
        await DecideAsync(database, await RequestAsync(database, content: content), Given.Approver);

    private static async Task<Guid> RequestAsync(TestDatabase database, Actor? by = null, string content = "onnx")
    {
        var version = await database.ModelVersionAsync(content: content);
        var outcome = await database.Get<TransitionService>().RequestAsync("price", version.Version, Stage.Production, "better", by ?? Given.Engineer, Stop);
        return outcome.ApprovalId!.Value;
    }

    private static Task<TransitionOutcome> RequestAgainAsync(TestDatabase database) =>
        database.Get<TransitionService>().RequestAsync("price", 1, Stage.Production, "again", Given.Engineer, Stop);

    private static Task<ApprovalView> DecideAsync(TestDatabase database, Guid id, Actor by) =>
        database.Get<ApprovalService>().DecideAsync(id, Approve, by, Stop);

    private static async Task AddAgentAsync(TestDatabase database, string name)
    {
        await using var db = database.Open();
        db.Agents.Add(new() { Id = Guid.NewGuid(), Name = name, ModelName = "price", CreatedAt = default, CreatedBy = "eva", ChangedAt = default });
        await db.SaveChangesAsync(Stop);
    }

    private static async Task ChangeAsync(TestDatabase database, string change)
    {
        await using var db = database.Open();
        switch (change)
        {
            case "description":
                await database.Get<ModelEditor>().DescribeAsync("price", 1, "Better than it is.", null, Given.Engineer, Stop);
                break;
            case "artifact":
                await File.WriteAllTextAsync(await database.Get<BlobStore>().FetchAsync((await db.ModelVersions.SingleAsync(Stop)).Digest, Stop), "tampered", Stop);
                break;
            case "stage":
                await database.Get<TransitionService>().RequestAsync("price", 1, Stage.Staging, "", Given.Engineer, Stop);
                break;
            default:
                await db.ModelVersions.ExecuteUpdateAsync(v => v.SetProperty(x => x.Evaluation, CanonicalJson.Write(Given.Report(0.99))), Stop);
                break;
        }
    }

    private sealed class CountingServedModels : IServedModels
    {
        public int Refreshes { get; private set; }

        public Task RefreshAsync(CancellationToken ct)
        {
            Refreshes++;
            return Task.CompletedTask;
        }
    }
}
