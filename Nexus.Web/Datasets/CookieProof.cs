using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Identity;
using Nexus.Data;

namespace Nexus.Web.Datasets;

/// <summary>
/// A call by cookie proves in a header that it comes from a page of the portal; a call by key has nothing to prove. Looked at
/// before the body is read: a form is never searched for the token.
/// </summary>
internal sealed class CookieProof(IAntiforgery antiforgery) : IEndpointFilter
{
    public const string Header = "RequestVerificationToken";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.User.Identity?.AuthenticationType == IdentityConstants.ApplicationScheme
            && !(http.Request.Headers.ContainsKey(Header) && await antiforgery.IsRequestValidAsync(http)))
        {
            throw Refused.Malformed($"A call by cookie carries the page's token in the header {Header}.");
        }

        return await next(context);
    }
}
