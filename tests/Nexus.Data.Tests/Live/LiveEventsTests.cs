using Microsoft.Extensions.Logging.Abstractions;
using Nexus.Data.Live;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Live;

public sealed class LiveEventsTests
{
    [Fact]
    public void Subscriber_that_throws_is_passed_over_and_neither_the_others_nor_the_publisher_hear_of_it()
    {
        var live = new LiveEvents(TimeProvider.System, NullLogger<LiveEvents>.Instance);
        var (heard, relayed) = (0, 0);
        using var broken = live.Subscribe("t", _ => throw new InvalidOperationException("Broken."));
        using var well = live.Subscribe("t", _ => heard++);
        live.RelayBy(_ => relayed++);

        live.Publish("t", "k");
        live.Publish("t", "k");

        (heard, relayed).ShouldBe((2, 2));
    }
}
