using Microsoft.Extensions.DependencyInjection;

namespace Nexus.Jobs.Training;

public static class TrainingJobs
{
    public static IServiceCollection AddTrainingJobs(this IServiceCollection services) => services;
}
