using Microsoft.Extensions.DependencyInjection;

namespace Nexus.Data.Registry;

public static class RegistryData
{
    public static IServiceCollection AddRegistryData(this IServiceCollection services) => services;
}
