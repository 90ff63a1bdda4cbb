using Microsoft.Extensions.DependencyInjection;
using Nexus.Jobs.Pipelines;
using Nexus.Jobs.Training.Evaluation;
using Nexus.Jobs.Training.Features;
using Nexus.Jobs.Training.LightGbm;
using Nexus.Jobs.Training.Linear;

namespace Nexus.Jobs.Training;

public static class TrainingJobs
{
    public static IServiceCollection AddTrainingJobs(this IServiceCollection services)
    {
        services.AddOptions<TrainingOptions>().BindConfiguration(TrainingOptions.Section);
        return services
            .AddSingleton<ITrainer, LightGbmTrainer>()
            .AddSingleton<ITrainer, LinearTrainer>()
            .AddSingleton<TrainerTurns>()
            .AddSingleton<ProductionModel>()
            .AddComponent<TransformComponent>()
            .AddComponent<TrainComponent>()
            .AddComponent<EvaluateComponent>();
    }
}
