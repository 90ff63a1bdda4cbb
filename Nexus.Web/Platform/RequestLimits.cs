using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Nexus.Web.Platform;

/// <summary>A bucket of requests for each caller. Taking a token allocates nothing.</summary>
internal sealed class RequestLimits(IOptions<LimitOptions> options) : IDisposable
{
    private readonly ConcurrentDictionary<string, TokenBucketRateLimiter> _callers = new(StringComparer.OrdinalIgnoreCase);
    private readonly PartitionedRateLimiter<string> _guessers = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetTokenBucketLimiter(address, _ => new()
        {
            TokenLimit = options.Value.FailuresPerMinute,
            TokensPerPeriod = Math.Max(1, options.Value.FailuresPerMinute / 12),
            ReplenishmentPeriod = TimeSpan.FromSeconds(5),
        }));

    /// <summary>Whether the caller may ask once more in this second.</summary>
    public bool Allows(string caller) => BucketOf(caller).AttemptAcquire().IsAcquired;

    /// <summary>The caller's bucket, for who takes from it often.</summary>
    public RateLimiter BucketOf(string caller) =>
        _callers.TryGetValue(caller, out var bucket) ? bucket : _callers.GetOrAdd(caller, _ => Bucket());

    /// <summary>Whether this address may try another name, password or key.</summary>
    public bool AllowsGuess(string address) => _guessers.AttemptAcquire(address).IsAcquired;

    public void Dispose()
    {
        _guessers.Dispose();
        foreach (var bucket in _callers.Values) bucket.Dispose();
    }

    private TokenBucketRateLimiter Bucket() => new(new()
    {
        TokenLimit = options.Value.RequestsPerSecond,
        TokensPerPeriod = Math.Max(1, options.Value.RequestsPerSecond / 10),
        ReplenishmentPeriod = TimeSpan.FromMilliseconds(options.Value.RequestsPerSecond >= 10 ? 100 : 1000),
    });
}
