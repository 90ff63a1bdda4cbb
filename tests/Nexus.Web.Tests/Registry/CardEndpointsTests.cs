using System.Net;
using System.Net.Http.Json;
using Nexus.Data.Identity;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Registry;

public sealed class CardEndpointsTests(PortalApp portal) : IClassFixture<PortalApp>
{
    private readonly string _model = $"card-{Guid.NewGuid():N}";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Card_is_drawn_from_what_is_known_and_written_where_only_a_person_knows()
    {
        var engineer = await GivenVersionAsync("first");

        var written = await (await engineer.PutAsJsonAsync(Card(1), new { intendedUse = "To price power.", contact = "grid team" }, Stop)).ShouldBeJsonAsync(HttpStatusCode.OK);

        written.GetProperty("revision").GetInt32().ShouldBe(1);
        using var answer = await portal.As("vera", Role.Viewer).GetAsync(Card(1), Stop);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/markdown");
        var text = await answer.Content.ReadAsStringAsync(Stop);
        text.ShouldStartWith($"# {_model} 1");
        text.ShouldContain("## Intended use");
        text.ShouldContain("To price power.");
        text.ShouldContain("| AUC | 0.770 | [0.760, 0.780] |");
        text.ShouldContain("Nobody has signed it.");
        text.ShouldContain("*Nobody has said.*");
        text.ShouldContain(@"odd\|class\*");
    }

    [Fact]
    public async Task Sections_are_inherited_until_edited_and_what_is_absent_stays()
    {
        var engineer = await GivenVersionAsync("first");
        await GivenVersionAsync("second");
        await engineer.PutAsJsonAsync(Card(1), new { intendedUse = "To price power.", ethics = "None." }, Stop);

        (await engineer.GetStringAsync(Card(2), Stop)).ShouldContain("those of version 1");
        var second = await (await engineer.PutAsJsonAsync(Card(2), new { intendedUse = "To price gas." }, Stop)).ShouldBeJsonAsync(HttpStatusCode.OK);

        second.GetProperty("sections").GetProperty("ethics").GetString().ShouldBe("None.");
        second.GetProperty("revision").GetInt32().ShouldBe(1);
        (await engineer.GetStringAsync(Card(1), Stop)).ShouldContain("To price power.");
        (await engineer.GetStringAsync(Card(2), Stop)).ShouldContain("To price gas.");
    }

    [Fact]
    public async Task Card_that_somebody_else_wrote_on_since_is_a_conflict()
    {
        var engineer = await GivenVersionAsync("first");
        await engineer.PutAsJsonAsync(Card(1), new { intendedUse = "a", revision = 0 }, Stop);

        await (await engineer.PutAsJsonAsync(Card(1), new { intendedUse = "b", revision = 0 }, Stop)).ShouldBeProblemAsync(HttpStatusCode.Conflict);

        (await engineer.GetStringAsync(Card(1), Stop)).ShouldNotContain("\nb\n");
        await (await engineer.PutAsJsonAsync(Card(1), new { intendedUse = new string('x', 20_001) }, Stop)).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        await (await engineer.PutAsJsonAsync(Card(7), new { intendedUse = "b" }, Stop)).ShouldBeProblemAsync(HttpStatusCode.NotFound);
        await (await portal.As("vera", Role.Viewer).PutAsJsonAsync(Card(1), new { intendedUse = "b" }, Stop)).ShouldBeProblemAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Card_and_explanation_lapse_no_approval()
    {
        var engineer = await GivenVersionAsync("first");
        var asked = await (await engineer.PostAsJsonAsync($"/api/v1/models/{_model}/versions/1/transitions", new { to = "Production", reason = "good" }, Stop)).ShouldBeJsonAsync(HttpStatusCode.Accepted);

        await engineer.PutAsJsonAsync(Card(1), new { limitations = "Fails at night." }, Stop);

        var signed = await portal.As("ann", Role.Approver).PostAsJsonAsync($"/api/v1/approvals/{asked.GetProperty("approvalId").GetGuid()}/decisions", new { decision = "approve", comment = "fine" }, Stop);
        (await signed.ShouldBeJsonAsync(HttpStatusCode.OK)).GetProperty("state").GetString().ShouldBe("Approved");
        (await engineer.GetStringAsync(Card(1), Stop)).ShouldContain("Signed by ann");
    }

    private string Card(int version) => $"/api/v1/models/{_model}/versions/{version}/card";

    private async Task<HttpClient> GivenVersionAsync(string salt)
    {
        var engineer = portal.As("eva", Role.Engineer);
        const string metadata = """{"metrics":{"auc":{"value":0.77,"lower":0.76,"upper":0.78}},"task":"binary","classes":["odd|class*","UP"]}""";
        (await engineer.PostAsync($"/api/v1/models/{_model}/versions", Onnx.Form(Onnx.Echo(salt), metadata), Stop)).EnsureSuccessStatusCode();
        return engineer;
    }
}
