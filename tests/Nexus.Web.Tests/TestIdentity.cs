using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Nexus.Web.Identity;

namespace Nexus.Web.Tests;

/// <summary>Believes the header <c>name;roles;keyMadeBy</c>; registered in tests alone.</summary>
internal sealed class TestIdentity(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Header = "X-Test-Actor";
    public new const string Scheme = "Test";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var parts = Request.Headers[Header].ToString().Split(';');
        var identity = new ClaimsIdentity(Scheme, ClaimTypes.Name, ClaimTypes.Role);
        identity.AddClaim(new(ClaimTypes.Name, parts[0]));
        foreach (var role in parts[1].Split(',', StringSplitOptions.RemoveEmptyEntries)) identity.AddClaim(new(ClaimTypes.Role, role));
        if (parts[2].Length > 0) identity.AddClaim(new(Actors.KeyMadeByClaim, parts[2]));
        return Task.FromResult(AuthenticateResult.Success(new(new(identity), Scheme)));
    }
}
