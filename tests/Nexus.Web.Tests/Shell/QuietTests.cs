using Microsoft.Extensions.Time.Testing;
using Nexus.Web.Shell;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Shell;

public sealed class QuietTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Work_is_done_once_for_keys_in_a_row()
    {
        using var quiet = new Quiet(_time);
        var done = new List<int>();
        var asked = Enumerable.Range(0, 5).Select(key => quiet.AfterAsync(_ =>
        {
            done.Add(key);
            return Task.CompletedTask;
        })).ToList();

        _time.Advance(TimeSpan.FromSeconds(1));
        await Task.WhenAll(asked);

        done.ShouldBe([4]);
    }

    [Fact]
    public async Task Work_under_way_is_canceled_by_a_later_key()
    {
        using var quiet = new Quiet(_time);
        CancellationToken first = default;
        var slow = quiet.AtOnceAsync(ct =>
        {
            first = ct;
            return Task.Delay(Timeout.InfiniteTimeSpan, ct);
        });

        await quiet.AtOnceAsync(_ => Task.CompletedTask);
        await slow;

        first.IsCancellationRequested.ShouldBeTrue();
    }
}
