using Microsoft.Extensions.Options;

namespace Nexus.Web.Platform;

/// <summary>A bucket of requests for each caller. Taking a token allocates nothing.</summary>
internal sealed class RequestLimits(IOptions<LimitOptions> options, TimeProvider time)
{
    private readonly RequestBuckets _callers = new(options.Value.RequestsPerSecond, TimeSpan.FromSeconds(1), time);
    private readonly RequestBuckets _guessers = new(options.Value.FailuresPerMinute, TimeSpan.FromMinutes(1), time);

    /// <summary>Whether the caller may ask once more in this second.</summary>
    public bool Allows(string caller) => _callers.TryTake(caller);

    /// <summary>The caller's bucket, for who takes from it often; ask for it anew once it is retired.</summary>
    public RequestBucket BucketOf(string caller) => _callers.Of(caller);

    /// <summary>Whether this client may try another name, password or key.</summary>
    public bool AllowsGuess(string client) => _guessers.TryTake(client);

    /// <summary>What was tried was no guess.</summary>
    public void ForgiveGuess(string client) => _guessers.Of(client).GiveBack();
}
