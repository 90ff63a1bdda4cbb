using System.Diagnostics;
using System.Net;
using Nexus.Data.Identity;
using Shouldly;

namespace Nexus.Web.Tests.Strangers;

/// <summary>While a hostile file is taken in: that others are answered, and how much memory it takes.</summary>
internal sealed class PortalWatch : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private const long Most = 2L << 30;
    private readonly CancellationTokenSource _stop = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly long _before = Environment.WorkingSet;
    private readonly Task<(int Answers, long Peak)> _watching;

    public PortalWatch(PortalApp portal) => _watching = WatchAsync(portal.As("other", Role.Viewer));

    /// <summary>Others were answered, and neither time nor memory was without bound.</summary>
    public async Task ShouldBeCalmAsync()
    {
        _clock.Elapsed.ShouldBeLessThan(Longest);
        await _stop.CancelAsync();
        var (answers, peak) = await _watching;
        answers.ShouldBeGreaterThan(0);
        (peak - _before).ShouldBeLessThan(Most);
    }

    public void Dispose() => _stop.Dispose();

    private async Task<(int Answers, long Peak)> WatchAsync(HttpClient other)
    {
        var (answers, peak) = (0, 0L);
        do
        {
            using var answer = await other.GetAsync("/api/v1/me", CancellationToken.None);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            answers++;
            peak = Math.Max(peak, Environment.WorkingSet);
            await Task.Delay(20, CancellationToken.None);
        }
        while (!_stop.IsCancellationRequested);
        return (answers, peak);
    }
}
