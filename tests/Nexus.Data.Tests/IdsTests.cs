using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests;

public sealed class IdsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Ids_rise_within_a_millisecond_and_while_the_clock_is_set_back()
    {
        var clock = new SetBack(Noon);
        var ids = Enumerable.Range(0, 10_000).Select(_ => Ids.New(clock)).ToList();
        clock.Now = Noon.AddHours(-1);
        ids.AddRange(Enumerable.Range(0, 10_000).Select(_ => Ids.New(clock)));
        clock.Now = Noon.AddHours(1);
        ids.Add(Ids.New(clock));

        ids.Select(id => id.ToString("N")).ShouldBe(ids.Select(id => id.ToString("N")).Order(StringComparer.Ordinal));
        ids.ShouldBeUnique();
        ids.ShouldAllBe(id => id.Version == 7 && (id.Variant & 0xC) == 8);
        Ids.TimeOf(ids[0]).ShouldBe(Noon);
        Ids.TimeOf(ids[^2]).ShouldBeLessThan(Noon.AddSeconds(1));
        Ids.TimeOf(ids[^1]).ShouldBe(Noon.AddHours(1));
    }

    [Fact]
    public async Task Ids_made_by_many_at_once_are_unique()
    {
        var clock = new FakeTimeProvider(Noon);
        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enumerable.Range(0, 5_000).Select(_ => Ids.New(clock)).ToList())));
        made.SelectMany(ids => ids).ShouldBeUnique();
        foreach (var ids in made) ids.Select(id => id.ToString("N")).ShouldBe(ids.Select(id => id.ToString("N")).Order(StringComparer.Ordinal));
    }

    private sealed class SetBack(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
