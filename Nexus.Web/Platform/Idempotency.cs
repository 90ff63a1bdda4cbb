using Microsoft.AspNetCore.DataProtection;
using Nexus.Data;
using Nexus.Data.Identity;
using Nexus.Web.Identity;
using Nexus.Web.Shell;

namespace Nexus.Web.Platform;

/// <summary>
/// A POST with an <c>Idempotency-Key</c>: the same key and body gives the first answer again, the same key with another body
/// is a conflict. Only what was done is kept; after a refusal the key is free again. A request that ended amidst its work goes
/// on under the same <see cref="EffectOf"/> when it comes again, and so makes its row once; where it cannot (<see cref="RepeatsSafely"/>), it is refused.
/// </summary>
internal sealed class Idempotency(RequestDelegate next, IdempotencyStore store, IDataProtectionProvider protection)
{
    public const string Header = "Idempotency-Key";
    public const int MaxKeyLength = 255;

    /// <summary>Larger answers are not kept: everybody who may ask would fill the database.</summary>
    private const int MaxKept = 256 * 1024;

    private static readonly object EffectKey = new();

    private readonly IDataProtector _protector = protection.CreateProtector("Nexus.Idempotency");

    public Task InvokeAsync(HttpContext http) =>
        http.Request.Headers.TryGetValue(Header, out var key) && Applies(http)
            ? AnswerAsync(http, key.ToString())
            : next(http);

    /// <summary>The id for the row that this request makes; null where it carries no key.</summary>
    public static Guid? EffectOf(HttpContext http) => http.Items[EffectKey] as Guid?;

    /// <summary>Whether calls of this route take an Idempotency-Key.</summary>
    /// <param name="metadata">Of the route's endpoint.</param>
    public static bool Takes(string? method, string? route, IEnumerable<object> metadata) =>
        HttpMethods.IsPost(method ?? "")
        && route?.TrimStart('/').StartsWith("api/", StringComparison.Ordinal) == true
        && !metadata.OfType<KeepsNoAnswer>().Any();

    private static bool Applies(HttpContext http) =>
        http.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } route } endpoint
        && Takes(http.Request.Method, route, endpoint.Metadata);

    private async Task AnswerAsync(HttpContext http, string key)
    {
        if (key.Length is 0 or > MaxKeyLength) throw Refused.Malformed($"{Header} has 1 to {MaxKeyLength} characters.");
        var actor = Actors.Of(http).Name;
        var taken = await store.TakeAsync(actor, key, http.RequestAborted);
        await using var body = new DigestingBody(http.Request);
        http.Request.Body = body;
        if (taken is { Status: null, Done: true } && http.GetEndpoint()?.Metadata.GetMetadata<RepeatsSafely>() is null)
        {
            await store.LeaveAsync(taken);
            throw Refused.Conflict($"The request with this {Header} was carried out, but its answer was not kept. Look for what it did before you ask for it under another key.");
        }

        if (taken.Status is null)
        {
            http.Items[EffectKey] = taken.EffectId();
            await FirstAsync(http, taken, body);
            return;
        }

        if (await body.FinishAsync(http.RequestAborted) != taken.RequestDigest)
            throw Refused.Conflict($"This {Header} was used with another request.");
        await ReplayAsync(http, taken);
    }

    private async Task FirstAsync(HttpContext http, IdempotentRequest taken, DigestingBody body)
    {
        var wire = http.Response.Body;
        using var answer = new MemoryStream();
        http.Response.Body = answer;
        var (refused, kept) = (false, false);
        try
        {
            using (IdempotencyScope.Begin(taken)) await next(http);
            refused = http.Response.StatusCode is not (>= 200 and < 300);
            if (!refused && answer.Length <= MaxKept)
            {
                // What was done is kept even for a caller who has gone: that is the one who asks again.
                var digest = await body.FinishAsync(CancellationToken.None);
                await store.KeepAsync(Answer(http, taken, digest, answer.ToArray()), CancellationToken.None);
                kept = true;
            }
        }
        catch (Exception exception)
        {
            // An outage may have come between the commit and its confirmation: whether anything was done is not known.
            refused = RefusalHandler.ProblemOf(exception) is not (null or { Status: StatusCodes.Status503ServiceUnavailable });
            throw;
        }
        finally
        {
            http.Response.Body = wire;
            if (refused) await store.ReleaseAsync(taken);
            else if (!kept) await store.LeaveAsync(taken); // it is not known to be undone
        }

        answer.Position = 0;
        await answer.CopyToAsync(wire, http.RequestAborted);
    }

    private IdempotentRequest Answer(HttpContext http, IdempotentRequest taken, string digest, byte[] bytes) => new()
    {
        Actor = taken.Actor,
        Key = taken.Key,
        Attempt = taken.Attempt,
        RequestDigest = digest,
        CreatedAt = default, // the row's own stays
        Status = http.Response.StatusCode,
        ContentType = http.Response.ContentType,
        Location = http.Response.Headers.Location.ToString() is { Length: > 0 } location ? location : null,
        Body = _protector.Protect(bytes),
    };

    private async Task ReplayAsync(HttpContext http, IdempotentRequest kept)
    {
        http.Response.StatusCode = kept.Status!.Value;
        http.Response.ContentType = kept.ContentType;
        if (kept.Location is not null) http.Response.Headers.Location = kept.Location;
        http.Response.Headers["Idempotency-Replayed"] = "true";
        var body = _protector.Unprotect(kept.Body!);
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }
}
