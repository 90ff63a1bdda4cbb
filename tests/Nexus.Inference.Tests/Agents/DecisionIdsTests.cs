using CsCheck;
using Nexus.Inference.Agents;
using Shouldly;
using Xunit;

namespace Nexus.Inference.Tests.Agents;

public sealed class DecisionIdsTests
{
    [Fact]
    public void Ids_are_version_7_of_their_time() =>
        Gen.Long[0, 253_402_300_799_999].Sample(milliseconds =>
        {
            var id = DecisionIds.First(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
            id.Version.ShouldBe(7);
            (id.Variant & 0xC).ShouldBe(0x8);
            Convert.ToInt64(id.ToString("N")[..12], 16).ShouldBe(milliseconds);
        });

    [Fact]
    public void Ids_of_one_moment_differ()
    {
        var at = DateTimeOffset.UnixEpoch;
        Parallel.For(0, 4, _ => Enumerable.Range(0, 5_000).Select(_ => DecisionIds.First(at)).Distinct().Count().ShouldBe(5_000));
    }
}
