using System.Net;
using Microsoft.Extensions.Time.Testing;
using Nexus.Web.Identity;
using Nexus.Web.Platform;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Platform;

public sealed class RequestBucketTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Bucket_gives_what_it_holds_and_then_what_flows_in()
    {
        var bucket = new RequestBucket(10, TimeSpan.FromSeconds(1), _time);

        Take(bucket, 20).ShouldBe(10);
        _time.Advance(TimeSpan.FromMilliseconds(300));
        Take(bucket, 20).ShouldBe(3);
        bucket.GiveBack();
        Take(bucket, 20).ShouldBe(1);
        _time.Advance(TimeSpan.FromHours(1));
        Take(bucket, 20).ShouldBe(10);
    }

    [Fact]
    public void Bucket_taken_from_by_many_at_once_gives_no_more()
    {
        var bucket = new RequestBucket(1000, TimeSpan.FromSeconds(1), _time);
        var taken = 0;

        Parallel.For(0, 10_000, _ =>
        {
            if (bucket.TryTake()) Interlocked.Increment(ref taken);
        });

        taken.ShouldBe(1000);
    }

    [Fact]
    public void Buckets_of_callers_that_ask_no_more_are_let_go_and_their_holders_are_told()
    {
        var buckets = new RequestBuckets(5, TimeSpan.FromMinutes(1), _time);
        var held = buckets.Of("early");
        for (var i = 0; i < 100_000; i++)
        {
            buckets.TryTake($"caller {i}").ShouldBeTrue();
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        buckets.Count.ShouldBeLessThanOrEqualTo(1024);
        held.IsRetired.ShouldBeTrue();
        held.TryTake().ShouldBeFalse();
        Take(buckets.Of("early"), 20).ShouldBe(5);
    }

    [Fact]
    public void Buckets_in_use_are_kept_however_many_come()
    {
        var buckets = new RequestBuckets(2, TimeSpan.FromMinutes(1), _time);
        while (buckets.TryTake("busy"))
        {
        }

        for (var i = 0; i < 5_000; i++) buckets.TryTake($"caller {i}");
        buckets.TryTake("busy").ShouldBeFalse();
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    public void Client_is_the_address_or_the_network_of_IPv6(string one, string other, bool same) =>
        (ClientNetwork.Of(IPAddress.Parse(one)) == ClientNetwork.Of(IPAddress.Parse(other))).ShouldBe(same);

    private static int Take(RequestBucket bucket, int times) => Enumerable.Range(0, times).Count(_ => bucket.TryTake());
}
