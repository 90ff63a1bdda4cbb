using Microsoft.AspNetCore.Components.Authorization;
using Nexus.Data.Identity;

namespace Nexus.Web.Identity;

/// <summary>Who sits at this page. Endpoints take an <see cref="Actor"/> parameter instead.</summary>
public sealed class CurrentActor(AuthenticationStateProvider authentication)
{
    public async Task<Actor> GetAsync() => Actors.From((await authentication.GetAuthenticationStateAsync()).User);
}
