using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Shouldly;

namespace Nexus.EndToEnd.Tests.Durability;

/// <summary>Decides, labels, uploads and starts runs at once, and remembers what was acknowledged.</summary>
/// <param name="nodes">Of one portal: each is asked in its turn.</param>
internal sealed class Load(params PortalProcess[] nodes)
{
    private const int ById = 200;
    private readonly ConcurrentDictionary<string, string> _decisions = new();
    private readonly ConcurrentDictionary<string, byte> _labeled = new();
    private readonly ConcurrentDictionary<string, string> _versions = new();
    private readonly ConcurrentDictionary<string, byte> _runs = new();
    private readonly ConcurrentDictionary<string, int> _approved = new();
    private readonly ConcurrentQueue<string> _unlabeled = new();
    private string? _approver;
    private int _uploads;
    private int _asked;
    private int _refused;

    private PortalProcess Looked => nodes[0];

    private PortalProcess Next => nodes[(uint)Interlocked.Increment(ref _asked) % nodes.Length];

    /// <summary>Approvals that were acknowledged.</summary>
    public int Approved => _approved.Count;

    public override string ToString() =>
        $"{_decisions.Count} decisions, {_labeled.Count} labels, {_versions.Count} versions, {_runs.Count} runs and {_approved.Count} approvals acknowledged, {_refused} requests told to come back";

    public Task RunAsync(int round, CancellationToken ct) => Task.WhenAll(
        [.. Enumerable.Range(0, 3).Select(worker => RepeatAsync(() => DecideAsync(round, worker, ct), ct)),
         RepeatAsync(() => LabelAsync(ct), ct),
         RepeatAsync(() => UploadAsync(ct), ct),
         ApproveAsync(ct),
         StartRunAsync(round, ct)]);

    /// <summary>Returns when something of each kind was acknowledged.</summary>
    public async Task UntilWarmAsync()
    {
        while (_decisions.IsEmpty || _labeled.IsEmpty || _versions.IsEmpty || _runs.IsEmpty) await Task.Delay(50);
    }

    /// <summary>Returns when something was acknowledged after the call; a portal that has just started needs a moment.</summary>
    public async Task UntilMovingAsync()
    {
        var (decisions, runs) = (_decisions.Count, _runs.Count);
        var limit = System.Diagnostics.Stopwatch.StartNew();
        while ((_decisions.Count == decisions || _runs.Count == runs) && limit.Elapsed < TimeSpan.FromSeconds(20)) await Task.Delay(20);
    }

    /// <summary>Returns when a decision was acknowledged after the call.</summary>
    public async Task UntilDecidingAsync()
    {
        var decisions = _decisions.Count;
        var limit = System.Diagnostics.Stopwatch.StartNew();
        while (_decisions.Count == decisions)
        {
            limit.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60), "nobody decides any more");
            await Task.Delay(20);
        }
    }

    /// <summary>Decisions that are there without having been asked for here; they are labeled before others.</summary>
    public void Add(IEnumerable<Guid> decisions)
    {
        var others = _unlabeled.ToList();
        _unlabeled.Clear();
        foreach (var id in decisions.Select(id => id.ToString())) Keep(id);
        foreach (var id in others) _unlabeled.Enqueue(id);
    }

    /// <summary>What was acknowledged until now, to be looked for in another portal that holds a copy.</summary>
    public Load AcknowledgedBy(PortalProcess elsewhere)
    {
        var until = new Load(elsewhere);
        foreach (var (key, value) in _decisions) until._decisions[key] = value;
        foreach (var (key, value) in _labeled) until._labeled[key] = value;
        foreach (var (key, value) in _versions) until._versions[key] = value;
        foreach (var (key, value) in _runs) until._runs[key] = value;
        foreach (var (key, value) in _approved) until._approved[key] = value;
        return until;
    }

    /// <summary>Each acknowledged thing is stored, once; runs finish; the ledger verifies.</summary>
    public async Task VerifyAsync()
    {
        _decisions.ShouldNotBeEmpty();
        _labeled.ShouldNotBeEmpty();
        _versions.ShouldNotBeEmpty();
        foreach (var run in _runs.Keys) await Stories.SucceedAsync(Looked.Http, run);
        await VerifyDecisionsAsync();
        await VerifyVersionsAsync();
        var models = (await AllAsync("/api/v1/models/small/versions")).Select(v => v["runId"]?.GetValue<string>()).ToList();
        models.ShouldBeUnique();
        foreach (var run in _runs.Keys) models.ShouldContain(run);
        await VerifyApprovalsAsync();
        var ledger = await Looked.Http.GetJsonAsync("/api/v1/audit/verify");
        ledger["valid"]!.GetValue<bool>().ShouldBeTrue(ledger.ToString());
    }

    private async Task VerifyDecisionsAsync()
    {
        var stored = (await AllAsync("/api/v1/agents/small/decisions")).ToList();
        stored.Select(d => d.Text("id")).ShouldBeUnique();
        _decisions.Keys.Except(stored.Select(d => d.Text("id"))).ShouldBeEmpty("acknowledged decisions are missing");
        var labeled = stored.Where(d => _labeled.ContainsKey(d.Text("id"))).ToList();
        labeled.Where(d => d["feedback"]!.AsArray().Count != 1).Select(d => d.Text("id")).ShouldBeEmpty("a label is not there once");
        await using var db = Looked.OpenDatabase();
        (await db.FeedbackItems.CountAsync(i => i.JoinedAt == null)).ShouldBe(0, "a label has not met its decision");
        foreach (var known in labeled.Where((_, i) => i % (1 + (labeled.Count / ById)) == 0))
            JsonNode.DeepEquals(await Looked.Http.GetJsonAsync($"/api/v1/decisions/{known.Text("id")}"), known).ShouldBeTrue(known.ToString());
    }

    private async Task VerifyApprovalsAsync()
    {
        foreach (var (id, version) in _approved)
        {
            var approval = await Looked.Http.GetJsonAsync($"/api/v1/approvals/{id}");
            approval.Text("state").ShouldBe("Approved", $"the approval of version {version}");
            approval.Text("decidedBy").ShouldBe("ida");
        }
    }

    private async Task VerifyVersionsAsync()
    {
        var stored = (await AllAsync("/api/v1/datasets/uploads/versions")).ToList();
        stored.Select(v => v.Text("digest")).ShouldBeUnique();
        stored.Select(v => v["version"]!.GetValue<int>()).Order().ShouldBe(Enumerable.Range(1, stored.Count));
        foreach (var (digest, version) in _versions)
            stored.ShouldContain(v => v.Text("digest") == digest && v["version"]!.ToString() == version, $"version {version}");
    }

    private async Task<IEnumerable<JsonNode>> AllAsync(string path)
    {
        var all = new List<JsonNode>();
        string? token = null;
        do
        {
            var page = await Looked.Http.GetJsonAsync($"{path}?pageSize=1000{(token is null ? "" : $"&pageToken={token}")}");
            all.AddRange(page["items"]!.AsArray().Select(item => item!.DeepClone()));
            token = page["nextPageToken"]?.GetValue<string>();
        }
        while (token is not null);
        return all;
    }

    private async Task DecideAsync(int round, int worker, CancellationToken ct)
    {
        var random = new Random(HashCode.Combine(round, worker, _decisions.Count));
        var body = new { inputs = new { a = random.NextDouble(), b = random.NextDouble() }, unit = $"unit-{worker}" };
        var answer = await PostAsync("/api/v1/agents/small/decide", body, ct);
        if (answer is not null) Keep(answer.Text("decisionId"));
    }

    private void Keep(string decision)
    {
        if (_decisions.TryAdd(decision, "")) _unlabeled.Enqueue(decision);
    }

    private async Task LabelAsync(CancellationToken ct)
    {
        var ids = new List<string>();
        while (ids.Count < 5 && _unlabeled.TryDequeue(out var id)) ids.Add(id);
        if (ids.Count == 0)
        {
            await Task.Delay(20, CancellationToken.None);
            return;
        }

        var items = ids.Select(id => new { decisionId = id, kind = "label", value = "yes-sir", source = "drill" }).ToArray();
        var answer = await PostAsync("/api/v1/feedback", items, ct);
        if (answer is null)
        {
            foreach (var id in ids) _unlabeled.Enqueue(id); // told again: it counts once
            return;
        }

        answer["accepted"]!.GetValue<int>().ShouldBe(items.Length);
        foreach (var id in ids) _labeled.TryAdd(id, 0);
    }

    private async Task UploadAsync(CancellationToken ct)
    {
        var csv = Stories.SmallCsv(seed: 1000 + Interlocked.Increment(ref _uploads), rows: 50);
        using var content = new StringContent(csv, Encoding.UTF8, "text/csv");
        var answer = await TryAsync(() => Next.Http.PostAsync("/api/v1/datasets/uploads/versions", content, ct));
        if (answer is not null) _versions.TryAdd(answer.Text("digest"), answer["version"]!.ToString());
    }

    private async Task StartRunAsync(int round, CancellationToken ct)
    {
        var answer = await PostAsync("/api/v1/pipelines/small/runs", new { overrides = new[] { $"train.seed={100 + round}" } }, ct);
        if (answer is not null) _runs.TryAdd(answer.Text("id"), 0);
    }

    /// <summary>Brings one version of those that runs have pushed into Production, by a second person.</summary>
    private async Task ApproveAsync(CancellationToken ct)
    {
        _approver ??= (await nodes[0].Http.PostJsonAsync("/api/v1/people/ida/keys", new { name = "load" })).Text("key");
        using var approver = Next.ClientFor(_approver);
        var versions = await TryAsync(() => Next.Http.GetAsync("/api/v1/models/small/versions?pageSize=1", ct));
        if (versions?["items"]![0] is not { } newest || newest.Text("stage") != "None") return;
        var version = newest["version"]!.GetValue<int>();
        var asked = await PostAsync($"/api/v1/models/small/versions/{version}/transitions", new { to = "Production", reason = "load" }, ct);
        if (asked?["approvalId"]?.GetValue<string>() is not { } id) return;
        var signed = await TryAsync(() => approver.PostAsJsonAsync($"/api/v1/approvals/{id}/decisions", new { decision = "approve", comment = "load" }, ct));
        if (signed?["state"] is not null) _approved.TryAdd(id, version);
    }

    private Task<JsonNode?> PostAsync(string path, object body, CancellationToken ct) =>
        TryAsync(() => Next.Http.PostAsJsonAsync(path, body, ct));

    /// <summary>The answer, or null where the portal died before it came or told to come back later: then nothing was acknowledged.</summary>
    private async Task<JsonNode?> TryAsync(Func<Task<HttpResponseMessage>> call)
    {
        try
        {
            using var answer = await call();
            var text = await answer.Content.ReadAsStringAsync();
            if (answer.StatusCode == HttpStatusCode.Conflict) return null; // asked for in an earlier life: nothing was acknowledged now
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
            {
                answer.Headers.RetryAfter.ShouldNotBeNull(text);
                Interlocked.Increment(ref _refused);
                return null;
            }

            answer.StatusCode.ShouldBeOneOf([HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.Accepted], text);
            return JsonNode.Parse(text);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            return null;
        }
    }

    private static async Task RepeatAsync(Func<Task> work, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested) await work();
    }
}
