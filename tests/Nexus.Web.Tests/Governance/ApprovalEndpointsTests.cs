using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Nexus.Data.Identity;
using Nexus.Web.Tests.Registry;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Governance;

public sealed class ApprovalEndpointsTests(PortalApp portal) : IClassFixture<PortalApp>
{
    private static readonly object Approve = new { decision = "approve", comment = "Better by a margin." };

    private readonly string _model = $"price-{Guid.NewGuid():N}";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Approve_puts_the_version_into_Production_in_the_same_call()
    {
        var id = await RequestAsync(1);
        var approver = portal.As("ada", Role.Approver);

        var shown = await (await approver.GetAsync($"/api/v1/approvals/{id}", Stop)).ShouldBeJsonAsync(HttpStatusCode.OK);
        shown.GetProperty("state").GetString().ShouldBe("Pending");
        shown.GetProperty("requestedBy").GetString().ShouldBe("eva");
        shown.GetProperty("evidence").GetProperty("candidate").GetProperty("version").GetInt32().ShouldBe(1);
        var decided = await (await DecideAsync(approver, id, Approve)).ShouldBeJsonAsync(HttpStatusCode.OK);

        decided.GetProperty("state").GetString().ShouldBe("Approved");
        decided.GetProperty("decidedBy").GetString().ShouldBe("ada");
        (await StageAsync(1)).ShouldBe("Production");
        await using var db = portal.Open();
        (await db.LedgerEntries.SingleAsync(e => e.Action == "approval.approved" && e.Subject == $"approval/{id}", Stop)).KeyMadeBy.ShouldBe(PortalApp.Stage.Name);
        await (await DecideAsync(approver, id, Approve)).ShouldBeProblemAsync(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Approve_by_the_requester_or_a_viewer_is_forbidden_and_changes_nothing()
    {
        var id = await RequestAsync(1);

        await (await DecideAsync(portal.As("eva", Role.Engineer, Role.Approver), id, Approve)).ShouldBeProblemAsync(HttpStatusCode.Forbidden);
        await (await DecideAsync(portal.As("eva", Role.Approver), id, Approve)).ShouldBeProblemAsync(HttpStatusCode.Forbidden);
        await (await DecideAsync(portal.As("vera", Role.Viewer), id, Approve)).ShouldBeProblemAsync(HttpStatusCode.Forbidden);

        (await StageAsync(1)).ShouldBe("None");
    }

    [Fact]
    public async Task Approve_of_what_has_changed_is_a_conflict_and_leaves_the_inbox()
    {
        var id = await RequestAsync(1);
        await portal.As("eva", Role.Engineer).PatchAsJsonAsync($"/api/v1/models/{_model}/versions/1", new { description = "New words" }, Stop);
        var approver = portal.As("ada", Role.Approver);

        await (await DecideAsync(approver, id, Approve)).ShouldBeProblemAsync(HttpStatusCode.Conflict);

        var inbox = await (await approver.GetAsync("/api/v1/approvals?state=Pending", Stop)).ShouldBeJsonAsync(HttpStatusCode.OK);
        inbox.GetProperty("items").EnumerateArray().ShouldNotContain(a => a.GetProperty("id").GetGuid() == id);
        (await approver.GetFromJsonAsync<JsonElement>($"/api/v1/approvals/{id}", Stop)).GetProperty("state").GetString().ShouldBe("Lapsed");
        (await StageAsync(1)).ShouldBe("None");
    }

    [Fact]
    public async Task Reject_needs_a_comment()
    {
        var id = await RequestAsync(1);
        var approver = portal.As("ada", Role.Approver);

        var problem = await (await DecideAsync(approver, id, new { decision = "reject" })).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem.GetProperty("errors").GetProperty("comment").GetArrayLength().ShouldBe(1);
        await (await DecideAsync(approver, id, new { decision = "perhaps" })).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        var rejected = await (await DecideAsync(approver, id, new { decision = "reject", comment = "Too thin." })).ShouldBeJsonAsync(HttpStatusCode.OK);

        rejected.GetProperty("state").GetString().ShouldBe("Rejected");
        (await StageAsync(1)).ShouldBe("None");
    }

    [Fact]
    public async Task Transition_elsewhere_is_done_at_once()
    {
        await UploadAsync(1);
        var engineer = portal.As("eva", Role.Engineer);

        var staged = await (await TransitionAsync(engineer, 1, "Staging")).ShouldBeJsonAsync(HttpStatusCode.OK);

        staged.GetProperty("stage").GetString().ShouldBe("Staging");
        await (await TransitionAsync(engineer, 1, "Staging")).ShouldBeProblemAsync(HttpStatusCode.Conflict);
        await (await TransitionAsync(engineer, 1, "Limbo")).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        await (await TransitionAsync(engineer, 9, "Staging")).ShouldBeProblemAsync(HttpStatusCode.NotFound);
        await (await TransitionAsync(engineer, 9, "Production")).ShouldBeProblemAsync(HttpStatusCode.NotFound);
        await (await TransitionAsync(portal.As("ada", Role.Approver), 1, "Production")).ShouldBeProblemAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Approve_by_two_at_once_archives_the_former_once()
    {
        await DecideAsync(portal.As("ada", Role.Approver), await RequestAsync(1), Approve);
        var id = await RequestAsync(2);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => DecideAsync(portal.As($"approver{i}", Role.Approver), id, Approve)));

        answers.Count(a => a.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(a => a.StatusCode == HttpStatusCode.Conflict).ShouldBe(5);
        ((await StageAsync(1)), (await StageAsync(2))).ShouldBe(("Archived", "Production"));
    }

    [Fact]
    public async Task Unknown_state_and_unknown_approval_are_the_callers_fault()
    {
        var viewer = portal.As("vera", Role.Viewer);

        await (await viewer.GetAsync("/api/v1/approvals?state=Maybe", Stop)).ShouldBeProblemAsync(HttpStatusCode.BadRequest);
        await (await viewer.GetAsync($"/api/v1/approvals/{Guid.NewGuid()}", Stop)).ShouldBeProblemAsync(HttpStatusCode.NotFound);
        await (await DecideAsync(portal.As("ada", Role.Approver), Guid.NewGuid(), Approve)).ShouldBeProblemAsync(HttpStatusCode.NotFound);
    }

    private async Task UploadAsync(int version)
    {
        using var answer = await portal.As("eva", Role.Engineer).PostAsync($"/api/v1/models/{_model}/versions", Onnx.Form(Onnx.Echo($"{version}")), Stop);
        await answer.ShouldBeJsonAsync(HttpStatusCode.Created);
    }

    private async Task<Guid> RequestAsync(int version)
    {
        await UploadAsync(version);
        using var answer = await TransitionAsync(portal.As("eva", Role.Engineer), version, "Production");
        return (await answer.ShouldBeJsonAsync(HttpStatusCode.Accepted)).GetProperty("approvalId").GetGuid();
    }

    private Task<HttpResponseMessage> TransitionAsync(HttpClient client, int version, string to) =>
        client.PostAsJsonAsync($"/api/v1/models/{_model}/versions/{version}/transitions", new { to, reason = "better" }, Stop);

    private static Task<HttpResponseMessage> DecideAsync(HttpClient client, Guid id, object decision) =>
        client.PostAsJsonAsync($"/api/v1/approvals/{id}/decisions", decision, Stop);

    private async Task<string?> StageAsync(int version) =>
        (await portal.As("vera", Role.Viewer).GetFromJsonAsync<JsonElement>($"/api/v1/models/{_model}/versions/{version}", Stop)).GetProperty("stage").GetString();
}
