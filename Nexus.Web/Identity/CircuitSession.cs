using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Nexus.Data.Identity;

namespace Nexus.Web.Identity;

/// <summary>Ends an open page's session within seconds of the account's being disabled or changed.</summary>
internal sealed class CircuitSession(ILoggerFactory logger, AccountDirectory directory, IOptions<IdentityOptions> identity)
    : RevalidatingServerAuthenticationStateProvider(logger)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(5);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        await CookieSessions.RenewAsync(authenticationState.User, directory, identity.Value, cancellationToken) is not null;
}
