using Microsoft.Extensions.DependencyInjection;

namespace Nexus.Jobs.Registry;

public static class RegistryJobs
{
    public static IServiceCollection AddRegistryJobs(this IServiceCollection services) => services;
}
