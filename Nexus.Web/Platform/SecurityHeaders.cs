using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;
using Nexus.Web.Identity;

namespace Nexus.Web.Platform;

/// <summary>
/// What a browser may do with our answers. Scripts come from us alone and none is made from text; styles are inline in places,
/// because MudBlazor and Monaco set them so.
/// </summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    private static readonly object NonceKey = new();
    private static readonly StringValues NoSniff = "nosniff";
    private static readonly StringValues NoReferrer = "same-origin";
    private static readonly StringValues NoStore = "no-store";
    private static readonly StringValues ProgramPolicy = "default-src 'none'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext http)
    {
        // At the last moment: the exception handler clears what was set before.
        http.Response.OnStarting(static state => Add((HttpContext)state), http);
        return next(http);
    }

    /// <summary>The nonce of this answer's inline scripts.</summary>
    public static string NonceOf(HttpContext http)
    {
        if (http.Items[NonceKey] is string nonce) return nonce;
        http.Items[NonceKey] = nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(18));
        return nonce;
    }

    public static void AddForPrograms(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = NoSniff;
        headers["Referrer-Policy"] = NoReferrer;
        headers.ContentSecurityPolicy = ProgramPolicy;
        if (headers.CacheControl.Count == 0) headers.CacheControl = NoStore;
    }

    private static Task Add(HttpContext http)
    {
        var headers = http.Response.Headers;
        if (ProgramPaths.Match(http.Request.Path))
        {
            AddForPrograms(headers);
            return Task.CompletedTask;
        }

        headers.XContentTypeOptions = NoSniff;
        headers["Referrer-Policy"] = NoReferrer;
        headers.XFrameOptions = "DENY";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers.ContentSecurityPolicy =
            $"default-src 'self'; script-src 'self' 'nonce-{NonceOf(http)}'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
            + "connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
        if (http.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000";
        return Task.CompletedTask;
    }
}
