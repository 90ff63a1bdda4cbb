using System.Text;
using Shouldly;
using Xunit;

namespace Nexus.Inference.Tests.Agents;

/// <summary>What answering leaves to the garbage collector: the same few bytes, however many features there are.</summary>
public sealed class AllocationTests : IAsyncLifetime
{
    private const int Warm = 2_000;
    private const int Measured = 2_000;

    private ServingHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ServingHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Decide_allocates_next_to_nothing_whatever_the_number_of_features()
    {
        await _host.ServeAsync("few", TestModels.Sum(5));
        await _host.ServeAsync("many", TestModels.Sum(80));

        var (few, many) = (BytesPerCall("few", 5), BytesPerCall("many", 80));

        few.ShouldBeLessThan(128);
        many.ShouldBeLessThan(few + 16);
    }

    /// <summary>On this thread alone, which answers to the end: nothing in it waits.</summary>
    private double BytesPerCall(string agent, int features)
    {
        var body = Encoding.UTF8.GetBytes($$"""{"inputs": {{{string.Join(", ", Enumerable.Range(0, features).Select(i => $"\"x{i}\": 0.5"))}}} }""");
        Decide(agent, body, Warm);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Decide(agent, body, Measured);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Measured;
    }

    private void Decide(string agent, byte[] body, int times)
    {
        for (var i = 0; i < times; i++)
        {
            var answered = _host.Decisions.DecideAsync(agent, body, TimeProvider.System.GetTimestamp());
            if (answered.IsCompletedSuccessfully) answered.Result.Dispose();
            else throw new InvalidOperationException("It waited.");
        }
    }
}
