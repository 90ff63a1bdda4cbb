using Microsoft.Extensions.DependencyInjection;

namespace Nexus.Jobs.Samples;

public static class SampleJobs
{
    public static IServiceCollection AddSampleJobs(this IServiceCollection services) => services;
}
