using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Nexus.Data.Identity;

public static class IdentityData
{
    /// <summary>People, keys and sessions.</summary>
    public static IServiceCollection AddIdentityData(this IServiceCollection services)
    {
        services.TryAddSingleton<IPasswordHasher<Person>, PasswordHasher<Person>>();
        return services
            .AddSingleton<AccountDirectory>()
            .AddSingleton<PersonService>()
            .AddSingleton<KeyService>()
            .AddSingleton<SetupService>()
            .AddSingleton<StrangerFailures>()
            .AddSingleton<StandingAccounts>()
            .AddSingleton<IdempotencyStore>()
            .AddHostedService<KeyUseWriter>();
    }
}
