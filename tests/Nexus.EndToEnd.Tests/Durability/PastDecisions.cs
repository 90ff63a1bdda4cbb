using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Agents;
using Shouldly;

namespace Nexus.EndToEnd.Tests.Durability;

/// <summary>Decisions of more than a month ago, put where they would lie, so that retention moves some in every life of a portal.</summary>
internal sealed class PastDecisions(PortalProcess portal)
{
    private const int Days = 12;
    private const int PerDay = 200;

    /// <summary>Retention as it is to work on them: at once.</summary>
    public static Dictionary<string, string> Settings => new() { ["Nexus__Decisions__KeepDays"] = "32", ["Nexus__Decisions__MoveEverySeconds"] = "1" };

    private readonly DateTimeOffset _last = new(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(-34), TimeSpan.Zero);
    private int _added;

    /// <summary>After how many kills a part of what was added last had moved, and a part not yet.</summary>
    public int Halfway { get; private set; }

    /// <returns>Their ids.</returns>
    public async Task<IReadOnlyList<Guid>> AddAsync()
    {
        await using var db = portal.OpenDatabase();
        var left = await LeftAsync(db);
        if (left > 0 && left < Days * PerDay) Halfway++;
        var agent = await db.Agents.Where(a => a.Name == "small").Select(a => a.Id).SingleAsync();
        var start = TimeSpan.FromSeconds(4 * PerDay * (_added++ % 100)); // of each day another part
        List<Decision> all = [.. Enumerable.Range(0, Days * PerDay).Select(i => At(agent, _last.AddDays(-(i / PerDay)) + start + TimeSpan.FromSeconds(i % PerDay * 4)))];
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.Provider.InsertAsync(db, all, CancellationToken.None);
        await transaction.CommitAsync();
        return [.. all.Select(d => d.Id)];
    }

    /// <summary>All have moved at last, and the archive has as many as there were: none is in both places or in none.</summary>
    public async Task VerifyAsync()
    {
        await using var db = portal.OpenDatabase();
        for (var limit = System.Diagnostics.Stopwatch.StartNew(); await LeftAsync(db) > 0; await Task.Delay(200))
            limit.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(120), "retention does not come to its end");
        (await db.DecisionArchives.SumAsync(a => a.Rows)).ShouldBe((long)_added * Days * PerDay);
    }

    private Task<int> LeftAsync(NexusDb db) => db.Decisions.CountAsync(d => d.At < _last.AddDays(1));

    private static Decision At(Guid agent, DateTimeOffset at) => new()
    {
        Id = Guid.CreateVersion7(at),
        AgentId = agent,
        At = at,
        ModelVersion = 1,
        Variant = "production",
        PlanRevision = 1,
        Label = "yes-sir",
        LatencyMicroseconds = 100,
        Payload = """{"inputs":{"a":0.5,"b":0.75},"scores":{"no-sir":0.3,"yes-sir":0.7},"guardrails":[]}""",
    };
}
