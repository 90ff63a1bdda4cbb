using Microsoft.Extensions.DependencyInjection;

namespace Nexus.Jobs.Pipelines;

public static class PipelineJobs
{
    public static IServiceCollection AddPipelineJobs(this IServiceCollection services) => services;
}
