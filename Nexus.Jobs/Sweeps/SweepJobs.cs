using Microsoft.Extensions.DependencyInjection;

namespace Nexus.Jobs.Sweeps;

public static class SweepJobs
{
    public static IServiceCollection AddSweepJobs(this IServiceCollection services) => services;
}
