using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Nexus.Data.Identity;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Platform;

public sealed class IdempotencyTests(PortalApp portal) : IClassFixture<PortalApp>
{
    private readonly HttpClient _admin = portal.As("root", Role.Admin);

    [Fact]
    public async Task Same_key_and_body_gives_the_first_answer_and_acts_once()
    {
        var first = await (await PostAsync("twice", "one")).ShouldBeJsonAsync(HttpStatusCode.Created);
        using var again = await PostAsync("twice", "one");

        (await again.ShouldBeJsonAsync(HttpStatusCode.Created)).GetRawText().ShouldBe(first.GetRawText());
        again.Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        await using var db = portal.Open();
        (await db.ApiKeys.CountAsync(k => k.Name == "one")).ShouldBe(1);
        var kept = await db.IdempotentRequests.SingleAsync(r => r.Key == "twice");
        System.Text.Encoding.UTF8.GetString(kept.Body!).ShouldNotContain(first.GetProperty("key").GetString()!);
    }

    [Fact]
    public async Task Same_key_with_another_body_is_a_conflict_and_does_nothing()
    {
        await (await PostAsync("other", "two")).ShouldBeJsonAsync(HttpStatusCode.Created);

        await (await PostAsync("other", "three")).ShouldBeProblemAsync(HttpStatusCode.Conflict);
        await using var db = portal.Open();
        (await db.ApiKeys.AnyAsync(k => k.Name == "three")).ShouldBeFalse();
    }

    [Fact]
    public async Task Key_of_a_refused_request_is_free_again()
    {
        await (await PostAsync("freed", "")).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);

        await (await PostAsync("freed", "four")).ShouldBeJsonAsync(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Key_is_each_persons_own()
    {
        await (await PostAsync("shared", "five")).ShouldBeJsonAsync(HttpStatusCode.Created);

        var other = await portal.As("otto", Role.Admin).SendAsync(Request("shared", "six"));
        (await other.ShouldBeJsonAsync(HttpStatusCode.Created)).GetProperty("name").GetString().ShouldBe("six");
    }

    [Fact]
    public async Task Two_at_once_act_once()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostAsync("race", "seven")));

        answers.ShouldContain(a => a.StatusCode == HttpStatusCode.Created);
        answers.ShouldAllBe(a => a.StatusCode == HttpStatusCode.Created || a.StatusCode == HttpStatusCode.Conflict);
        await using var db = portal.Open();
        (await db.ApiKeys.CountAsync(k => k.Name == "seven")).ShouldBe(1);
    }

    [Fact]
    public async Task Request_that_ended_between_its_commit_and_the_kept_answer_goes_on_instead_of_acting_twice()
    {
        using var engineer = portal.WithKey(await portal.KeyAsync("rita", Role.Engineer));
        await PutPipelineAsync(engineer);
        var first = await (await StartRunAsync(engineer)).ShouldBeJsonAsync(HttpStatusCode.Accepted);
        await ForgetAnswerAsync("rita", "crashed");

        var again = await (await StartRunAsync(engineer)).ShouldBeJsonAsync(HttpStatusCode.Accepted);

        again.GetRawText().ShouldBe(first.GetRawText());
        await using var db = portal.Open();
        (await db.Runs.CountAsync(r => r.PipelineName == "again")).ShouldBe(1);
    }

    [Fact]
    public async Task Upload_that_ended_between_its_commit_and_the_kept_answer_is_one_version()
    {
        using var engineer = portal.WithKey(await portal.KeyAsync("ulla", Role.Engineer));
        var first = await (await UploadAsync(engineer)).ShouldBeJsonAsync(HttpStatusCode.Created);
        await ForgetAnswerAsync("ulla", "crashed");

        var again = await (await UploadAsync(engineer)).ShouldBeJsonAsync(HttpStatusCode.Created);

        again.GetRawText().ShouldBe(first.GetRawText());
        await using var db = portal.Open();
        (await db.ModelVersions.CountAsync(v => v.ModelName == "again")).ShouldBe(1);
    }

    [Fact]
    public async Task Request_that_cannot_go_on_is_refused_after_its_commit_and_acts_once()
    {
        (await (await PostAsync("killed", "nine")).ShouldBeJsonAsync(HttpStatusCode.Created)).GetProperty("key").GetString().ShouldNotBeNull();
        await ForgetAnswerAsync("root", "killed");

        using var again = await PostAsync("killed", "nine");

        (await again.ShouldBeProblemAsync(HttpStatusCode.Conflict)).GetProperty("detail").GetString()!.ShouldContain("was carried out");
        await using var db = portal.Open();
        (await db.ApiKeys.CountAsync(k => k.Name == "nine")).ShouldBe(1);
    }

    [Fact]
    public async Task Answer_to_a_question_is_not_kept()
    {
        using var engineer = portal.WithKey(await portal.KeyAsync("quinn", Role.Engineer));
        await PutPipelineAsync(engineer);
        for (var i = 0; i < 2; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/pipelines/again/compose") { Content = JsonContent.Create(new { }), Headers = { { "Idempotency-Key", "asked" } } };
            using var answer = await engineer.SendAsync(request);
            answer.Headers.Contains("Idempotency-Replayed").ShouldBeFalse();
        }

        await using var db = portal.Open();
        (await db.IdempotentRequests.AnyAsync(r => r.Key == "asked")).ShouldBeFalse();
    }

    /// <summary>As a SIGKILL leaves it: the row is there, its answer is not.</summary>
    private async Task ForgetAnswerAsync(string actor, string key)
    {
        await using var db = portal.Open();
        await db.IdempotentRequests.Where(r => r.Actor == actor && r.Key == key).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.Status, (int?)null).SetProperty(r => r.Body, (byte[]?)null).SetProperty(r => r.RequestDigest, ""));
    }

    private static async Task PutPipelineAsync(HttpClient engineer)
    {
        const string Text = "name: again\nsteps:\n  ingest: { component: ingest, with: { dataset: none } }\n";
        using var put = await engineer.PutAsync("/api/v1/pipelines/again", new StringContent(Text, null, "application/yaml"));
        put.IsSuccessStatusCode.ShouldBeTrue(); // made by whichever test comes first
    }

    private static Task<HttpResponseMessage> StartRunAsync(HttpClient engineer) => engineer.SendAsync(
        new(HttpMethod.Post, "/api/v1/pipelines/again/runs") { Content = JsonContent.Create(new { }), Headers = { { "Idempotency-Key", "crashed" } } });

    private static Task<HttpResponseMessage> UploadAsync(HttpClient engineer) => engineer.SendAsync(
        new(HttpMethod.Post, "/api/v1/models/again/versions") { Content = Registry.Onnx.Form(Registry.Onnx.Echo()), Headers = { { "Idempotency-Key", "crashed" } } });

    private Task<HttpResponseMessage> PostAsync(string key, string name) => _admin.SendAsync(Request(key, name));

    private static HttpRequestMessage Request(string key, string name) =>
        new(HttpMethod.Post, "/api/v1/people/root/keys") { Content = JsonContent.Create(new { name }), Headers = { { "Idempotency-Key", key } } };
}
