using System.Diagnostics;
using Nexus.Data.Lineage;
using Nexus.Data.Tests.Registry;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Lineage;

public sealed class LineageServiceTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private DateTimeOffset _at = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.StartAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Both_ways_gives_ancestors_and_descendants_but_no_siblings()
    {
        await DrawAsync(("dataset/d@1", "run/a"), ("dataset/d@1", "run/b"), ("run/a", "model/m@1"), ("run/b", "model/m@2"), ("model/m@1", "agent/x"));

        var view = await GetAsync(new("model/m@1"));

        view.Root.ShouldBe("model/m@1");
        view.Nodes.Select(n => (n.Id, n.Side)).ShouldBe([("model/m@1", 0), ("run/a", -1), ("agent/x", 1), ("dataset/d@1", -2)]);
        view.Edges.Select(e => $"{e.From} {e.To}").ShouldBe(["dataset/d@1 run/a", "run/a model/m@1", "model/m@1 agent/x"], ignoreOrder: true);
        view.Nodes.Single(n => n.Id == "dataset/d@1").HiddenDown.ShouldBe(1);
        view.Truncated.ShouldBeFalse("what lies beside is not asked for");
    }

    [Fact]
    public async Task One_way_leaves_the_other_out()
    {
        await DrawAsync(("dataset/d@1", "run/a"), ("run/a", "model/m@1"), ("model/m@1", "agent/x"));

        var (up, down) = (await GetAsync(new("model/m@1", LineageDirection.Up)), await GetAsync(new("model/m@1", LineageDirection.Down)));

        up.Nodes.Select(n => n.Id).ShouldBe(["model/m@1", "run/a", "dataset/d@1"]);
        down.Nodes.Select(n => n.Id).ShouldBe(["model/m@1", "agent/x"]);
        (up.Truncated || down.Truncated).ShouldBeFalse();
    }

    [Fact]
    public async Task Depth_ends_the_walk_and_says_how_much_is_behind()
    {
        await DrawAsync(("run/a", "model/m@1"), ("dataset/d@1", "run/a"), ("dataset/e@1", "run/a"));

        var view = await GetAsync(new("model/m@1", LineageDirection.Up, Depth: 1));

        view.Nodes.Select(n => n.Id).ShouldBe(["model/m@1", "run/a"]);
        view.Nodes[1].HiddenUp.ShouldBe(2);
        view.Truncated.ShouldBeTrue();
    }

    [Fact]
    public async Task Fan_keeps_the_newest_of_a_busy_thing()
    {
        await DrawAsync([.. Enumerable.Range(0, 30).Select(i => ("dataset/d@1", $"run/r{i:00}"))]);

        var view = await GetAsync(new("dataset/d@1", Fan: 5));

        view.Nodes.Skip(1).Select(n => n.Id).ShouldBe(["run/r29", "run/r28", "run/r27", "run/r26", "run/r25"], ignoreOrder: true);
        view.Nodes[0].HiddenDown.ShouldBe(25);
        view.Truncated.ShouldBeTrue();
    }

    [Fact]
    public async Task Size_is_bounded_and_a_circle_ends()
    {
        await DrawAsync([("agent/x", "run/r000"), .. Enumerable.Range(0, 200).Select(i => ($"run/r{i:000}", $"run/r{i + 1:000}")), ("run/r200", "agent/x")]);

        var view = await GetAsync(new("agent/x", LineageDirection.Down, Depth: 20, MaxNodes: 10));
        var whole = await GetAsync(new("run/r199", LineageDirection.Down, Depth: 20));

        view.Nodes.Count.ShouldBe(10);
        view.Truncated.ShouldBeTrue();
        whole.Nodes.Count.ShouldBe(21);
    }

    [Fact]
    public async Task Details_come_from_the_things_and_what_is_gone_says_so()
    {
        var version = await _database.ModelVersionAsync("price", run: Guid.CreateVersion7());
        await DrawAsync(("model/price@1", "agent/gone"));

        var view = await GetAsync(new("model/price"));

        var (root, agent) = (view.Nodes[0], view.Nodes.Single(n => n.Kind == "agent"));
        (root.Id, root.Title, root.State, root.At).ShouldBe(("model/price@1", "price 1", "None", version.CreatedAt));
        (agent.Title, agent.State).ShouldBe(("gone", "Removed"));
        view.Nodes.ShouldContain(n => n.Kind == "dataset" && n.State == "Removed");
    }

    [Fact]
    public async Task What_is_not_there_is_no_subject_or_out_of_bounds_is_refused()
    {
        await RefusedAsync(new("model/none@1"), RefusalKind.NotFound);
        foreach (var subject in (string[])["nothing", "/x", "run/", "run/\u0000", new('x', 300)]) await RefusedAsync(new(subject), RefusalKind.Malformed);
        foreach (var (depth, nodes) in ((int, int)[])[(0, 10), (21, 10), (3, 0), (3, 1001)]) await RefusedAsync(new("run/x", Depth: depth, MaxNodes: nodes), RefusalKind.Invalid);

        async Task RefusedAsync(LineageRequest request, RefusalKind kind) =>
            (await Should.ThrowAsync<RefusedException>(() => GetAsync(request))).Kind.ShouldBe(kind, request.Subject);
    }

    [Fact]
    public async Task Ten_thousand_things_are_walked_in_less_than_a_second()
    {
        // One dataset read by 4,000 runs that made 4,000 versions, 1,000 of which serve two agents each.
        await DrawAsync(
        [
            .. Enumerable.Range(0, 4000).SelectMany(i => ((string, string)[])[("dataset/d@1", $"run/{i}"), ($"run/{i}", $"model/m@{i}")]),
            .. Enumerable.Range(0, 1000).SelectMany(i => ((string, string)[])[($"model/m@{i}", $"agent/a{i}"), ($"model/m@{i}", $"agent/b{i}")]),
        ]);
        await GetAsync(new("dataset/d@1"));

        var watch = Stopwatch.StartNew();
        var down = await GetAsync(new("dataset/d@1", Depth: 20, MaxNodes: 1000, Fan: 1000));
        var up = await GetAsync(new("agent/a7", Depth: 20));

        watch.ElapsedMilliseconds.ShouldBeLessThan(1000);
        down.Nodes.Count.ShouldBe(1000);
        up.Nodes.Select(n => n.Id).ShouldBe(["agent/a7", "model/m@7", "run/7", "dataset/d@1"]);
        TestContext.Current.TestOutputHelper?.WriteLine($"{watch.ElapsedMilliseconds} ms");
    }

    private Task<LineageView> GetAsync(LineageRequest request) => _database.Get<LineageService>().GetAsync(request, Stop);

    private async Task DrawAsync(params (string From, string To)[] arrows)
    {
        await using var db = _database.Open();
        db.LineageEdges.AddRange(arrows.Select(a => new LineageEdge { Id = Guid.CreateVersion7(), From = a.From, To = a.To, Relation = "made", CreatedAt = _at = _at.AddSeconds(1) }));
        await db.SaveChangesAsync(Stop);
    }
}
