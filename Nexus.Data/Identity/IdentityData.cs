using Microsoft.Extensions.DependencyInjection;

namespace Nexus.Data.Identity;

public static class IdentityData
{
    public static IServiceCollection AddIdentityData(this IServiceCollection services) => services;
}
