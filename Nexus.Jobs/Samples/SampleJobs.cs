using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Nexus.Data;
using Nexus.Data.Agents;
using Nexus.Data.Nodes;
using Nexus.Data.Samples;
using Nexus.Inference.Agents;
using Nexus.Inference.Monitoring;
using Nexus.Jobs.Pipelines;
using Nexus.Jobs.Sweeps;

namespace Nexus.Jobs.Samples;

public static class SampleJobs
{
    /// <summary>The sample workspace: made in the background, its traffic, its removal.</summary>
    public static IServiceCollection AddSampleJobs(this IServiceCollection services)
    {
        services.AddOptions<SampleOptions>().BindConfiguration(SampleOptions.Section)
            .Configure<IConfiguration, IServiceProvider>((options, configuration, provider) =>
                options.SeedAtStart = configuration.GetValue<bool?>("Nexus:SampleData") ?? provider.GetService<IHostEnvironment>()?.IsDevelopment() ?? false)
            .ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<SampleTurns>()
            .AddSingleton<SamplePeople>()
            .AddSingleton<SampleCard>()
            .AddSingleton<SampleSeeder>()
            .AddSingleton(p => new SampleService(
                p.GetRequiredService<SampleStore>(), p.GetRequiredService<SampleRemoval>(), p.GetRequiredService<SampleTurns>(), p.GetRequiredService<RunLauncher>(), p.GetRequiredService<SweepService>(),
                p.GetRequiredService<IServedModels>(), p.GetRequiredService<DecisionBacklog>(), p.GetRequiredService<ReferenceCatalog>(),
                p.GetRequiredService<IDbContextFactory<NexusDb>>(), p.GetRequiredService<IOptions<SampleOptions>>(), p.GetRequiredService<TimeProvider>()))
            .AddHostedService<SampleHost>()
            .AddHostedService<SampleTraffic>(NodeRole.Inference);
    }
}
