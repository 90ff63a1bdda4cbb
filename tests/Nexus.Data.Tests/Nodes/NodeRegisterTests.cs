using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Nexus.Data.Identity;
using Nexus.Data.Nodes;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Nodes;

/// <summary>Who lives is told by beats that move, not by anybody's clock.</summary>
public sealed class NodeRegisterTests
{
    private static readonly Actor Admin = new("root", new HashSet<Role> { Role.Admin });
    private readonly FakeTimeProvider _time = new(new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Node_whose_beats_stand_still_is_gone_and_told_once()
    {
        var watch = new NodeWatch(_time);
        var node = Node(beats: 5);
        watch.See([node]).ShouldBeEmpty();

        _time.Advance(TimeSpan.FromSeconds(9));
        watch.See([node]).ShouldBeEmpty();
        watch.StateOf(node.Id).ShouldBe(NodeState.Up);
        _time.Advance(TimeSpan.FromSeconds(1));
        watch.See([node]).ShouldBe([node]);
        watch.StateOf(node.Id).ShouldBe(NodeState.Gone);
        watch.See([node]).ShouldBeEmpty();

        node.Beats++; // it was only slow
        watch.See([node]).ShouldBeEmpty();
        watch.StateOf(node.Id).ShouldBe(NodeState.Up);
    }

    [Fact]
    public void Node_that_dies_at_any_moment_is_noticed_within_fifteen_seconds()
    {
        var beat = TimeSpan.FromSeconds(2);
        for (var late = TimeSpan.Zero; late < beat; late += TimeSpan.FromMilliseconds(100))
        {
            var watch = new NodeWatch(_time);
            var node = Node(beats: 1);
            watch.See([node]);
            _time.Advance(late);
            node.Beats++; // its last
            var died = _time.GetTimestamp();
            _time.Advance(beat - late);
            while (watch.See([node]).Count == 0) _time.Advance(beat);

            _time.GetElapsedTime(died).ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(15));
        }
    }

    [Fact]
    public void Clock_of_another_node_does_not_matter_while_its_beats_move()
    {
        var watch = new NodeWatch(_time);
        var node = Node(beats: 1, seen: _time.GetUtcNow().AddHours(-1));
        watch.See([node]);
        watch.StateOf(node.Id).ShouldBe(NodeState.Gone);

        node.Beats++;
        watch.See([node]);

        watch.StateOf(node.Id).ShouldBe(NodeState.Up);
    }

    [Fact]
    public void Nobody_is_gone_for_the_time_in_which_the_database_was_away()
    {
        var watch = new NodeWatch(_time);
        var node = Node(beats: 1);
        watch.See([node]);

        _time.Advance(TimeSpan.FromMinutes(1));
        watch.LookedAway();

        watch.See([node]).ShouldBeEmpty();
        watch.StateOf(node.Id).ShouldBe(NodeState.Up);
    }

    [Fact]
    public void Node_that_ended_in_good_order_is_stopped_and_nobody_is_told()
    {
        var watch = new NodeWatch(_time);
        var node = Node(beats: 1);
        watch.See([node]);

        node.StoppedAt = _time.GetUtcNow();

        watch.See([node]).ShouldBeEmpty();
        watch.StateOf(node.Id).ShouldBe(NodeState.Stopped);
        watch.StateOf(Guid.NewGuid()).ShouldBeNull();
    }

    [Fact]
    public async Task Register_lists_this_node_and_forgets_those_of_the_day_before()
    {
        await using var database = await TestDatabase.StartAsync(_time);
        var register = database.Get<NodeRegister>();
        await using (var db = database.Open())
        {
            db.Nodes.Add(Node(1, _time.GetUtcNow().AddHours(-25)));
            db.Nodes.Add(Node(1, _time.GetUtcNow().AddHours(-2)));
            await db.SaveChangesAsync();
        }

        await register.BeatAsync(CancellationToken.None);
        await register.BeatAsync(CancellationToken.None);

        var nodes = (await register.ListAsync(new(10), Admin, CancellationToken.None)).Items;
        nodes.Count.ShouldBe(2);
        (nodes[0].IsThis, nodes[0].State, nodes[0].Roles).ShouldBe((true, NodeState.Up, nodes[0].Roles));
        nodes[0].Roles.ShouldBe(["web", "jobs", "inference"]);
        (nodes[1].IsThis, nodes[1].State).ShouldBe((false, NodeState.Gone));
        await Should.ThrowAsync<RefusedException>(register.ListAsync(new(10), new("vera", new HashSet<Role> { Role.Viewer }), CancellationToken.None));
        await register.StopAsync(CancellationToken.None);
        await using var after = database.Open();
        (await after.Nodes.SingleAsync(n => n.Id == nodes[0].Id)).StoppedAt.ShouldBe(_time.GetUtcNow());
    }

    private Node Node(long beats, DateTimeOffset? seen = null) => new()
    {
        Id = Guid.NewGuid(),
        Name = "n",
        Roles = "jobs",
        Version = "1.0.0",
        StartedAt = seen ?? _time.GetUtcNow(),
        Beats = beats,
        SeenAt = seen ?? _time.GetUtcNow(),
    };
}
