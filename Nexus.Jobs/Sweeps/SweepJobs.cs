using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Nexus.Data;
using Nexus.Data.Live;
using Nexus.Data.Nodes;
using Nexus.Jobs.Pipelines;
using Nexus.Jobs.Sweeps.Stopping;
using Nexus.Jobs.Sweeps.Strategies;

namespace Nexus.Jobs.Sweeps;

public static class SweepJobs
{
    public static IServiceCollection AddSweepJobs(this IServiceCollection services)
    {
        services.AddOptions<SweepOptions>().BindConfiguration(SweepOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<RandomStrategy>()
            .AddSingleton<ITrialStrategy, GridStrategy>()
            .AddSingleton<ITrialStrategy>(p => p.GetRequiredService<RandomStrategy>())
            .AddSingleton<ITrialStrategy, TpeStrategy>()
            .AddSingleton<EarlyStopping>()
            .AddSingleton<SweepPlanner>()
            .AddSingleton<SweepEstimator>()
            .AddSingleton<SweepEngine>()
            .AddSingleton<SweepCatalog>()
            .AddSingleton(p => new SweepService(
                p.GetRequiredService<IDbContextFactory<NexusDb>>(), p.GetRequiredService<CompositionService>(), p.GetRequiredService<SweepPlanner>(),
                p.GetRequiredService<SweepEstimator>(), p.GetRequiredService<IOptions<SweepOptions>>(), p.GetRequiredService<LiveEvents>(), p.GetRequiredService<TimeProvider>()))
            .AddHostedService<SweepWorker>(NodeRole.Jobs);
    }
}
