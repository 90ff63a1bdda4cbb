using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Nexus.Data;
using Nexus.Data.Identity;

namespace Nexus.Web.Identity;

/// <summary>Authenticates <c>Authorization: Bearer KEY</c>.</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IOptions<NexusOptions> nexus)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return Task.FromResult(AuthenticateResult.NoResult());
        var presented = Encoding.UTF8.GetBytes(header[7..].Trim());
        if (nexus.Value.BootstrapApiKey is not { } bootstrap || !CryptographicOperations.FixedTimeEquals(presented, Encoding.UTF8.GetBytes(bootstrap)))
            return Task.FromResult(AuthenticateResult.Fail("The key is not known."));

        var identity = new ClaimsIdentity(SchemeName, ClaimTypes.Name, ClaimTypes.Role);
        identity.AddClaim(new(ClaimTypes.Name, "bootstrap"));
        foreach (var role in Enum.GetNames<Role>()) identity.AddClaim(new(ClaimTypes.Role, role));
        return Task.FromResult(AuthenticateResult.Success(new(new(identity), SchemeName)));
    }
}
