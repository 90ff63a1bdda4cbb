using Hangfire;
using Hangfire.AspNetCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Nexus.Data;
using Nexus.Data.Live;
using Nexus.Data.Nodes;
using Nexus.Data.Storage;
using Nexus.Jobs.Pipelines.Components;
using Nexus.Jobs.Pipelines.Documents;
using Nexus.Jobs.Pipelines.Documents.Composing;

namespace Nexus.Jobs.Pipelines;

public static class PipelineJobs
{
    /// <summary>Documents, the engine, and the components ingest, validate and push.</summary>
    public static IServiceCollection AddPipelineJobs(this IServiceCollection services)
    {
        services.AddOptions<PipelineOptions>().BindConfiguration(PipelineOptions.Section).ValidateOnStart();
        services.AddOptions<JobsOptions>().BindConfiguration(JobsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return services.AddHangfireOfThisHost().AddDocuments().AddRuns()
            .AddComponent<IngestComponent>()
            .AddComponent<ValidateComponent>()
            .AddComponent<PushComponent>();
    }

    /// <summary>Makes a component known to the pipeline language, its schema and the engine.</summary>
    public static IServiceCollection AddComponent<TComponent>(this IServiceCollection services)
        where TComponent : class, IComponent => services.AddSingleton<IComponent, TComponent>();

    /// <summary>Hangfire's own registration keeps queue, activator and log in statics; two hosts in a process would share them.</summary>
    private static IServiceCollection AddHangfireOfThisHost(this IServiceCollection services) => services
        .AddSingleton(p => HangfireStorage.Of(p.GetRequiredService<DatabaseConnection>()))
        .AddSingleton<JobActivator>(p => new AspNetCoreJobActivator(p.GetRequiredService<IServiceScopeFactory>()))
        .AddSingleton<IBackgroundJobClient>(p => new BackgroundJobClient(p.GetRequiredService<JobStorage>()));

    private static IServiceCollection AddDocuments(this IServiceCollection services) => services
        .AddSingleton<ComponentCatalog>()
        .AddSingleton<PipelineSchema>()
        .AddSingleton<IConfigSource, ConfigStore>()
        .AddSingleton(p => new EnvironmentReads([.. p.GetRequiredService<IOptions<PipelineOptions>>().Value.Environment], Environment.GetEnvironmentVariable))
        .AddSingleton<PipelineComposer>()
        .AddSingleton<PipelineCompletion>()
        .AddSingleton(p => new PipelineAnalyzer(p.GetRequiredService<PipelineComposer>(), p.GetRequiredService<PipelineCompletion>(), p.GetRequiredService<IConfigSource>()))
        .AddSingleton(p => new CompositionService(p.GetRequiredService<IDbContextFactory<NexusDb>>(), p.GetRequiredService<PipelineComposer>(), p.GetRequiredService<IConfigSource>()))
        .AddSingleton(p => new ConfigService(
            p.GetRequiredService<IDbContextFactory<NexusDb>>(), p.GetRequiredService<PipelineComposer>(),
            p.GetRequiredService<LiveEvents>(), p.GetRequiredService<TimeProvider>()))
        .AddSingleton(p => new PipelineService(
            p.GetRequiredService<IDbContextFactory<NexusDb>>(), p.GetRequiredService<PipelineComposer>(),
            p.GetRequiredService<LiveEvents>(), p.GetRequiredService<TimeProvider>()));

    private static IServiceCollection AddRuns(this IServiceCollection services) => services
        .AddSingleton<WorkerIdentity>()
        .AddSingleton<JobsStopping>()
        .AddSingleton<RunCancellations>()
        .AddSingleton<RunEnvironment>()
        .AddSingleton<LeaseWatch>()
        .AddSingleton<RunLease>()
        .AddSingleton<StepCache>()
        .AddSingleton<StepStore>()
        .AddSingleton<StepWork>()
        .AddSingleton<StepSlots>()
        .AddSingleton<StepTurns>()
        .AddSingleton<StepRunner>()
        .AddSingleton<RunEngine>()
        .AddSingleton<RunQueue>()
        .AddSingleton<RunRecovery>()
        .AddSingleton(p => new RunJob(p.GetRequiredService<RunEngine>(), p.GetRequiredService<RunQueue>(), p.GetRequiredService<JobsStopping>()))
        .AddSingleton(p => new RunLauncher(
            p.GetRequiredService<IDbContextFactory<NexusDb>>(), p.GetRequiredService<PipelineComposer>(),
            p.GetRequiredService<RunQueue>(), p.GetRequiredService<RunCancellations>(), p.GetRequiredService<RunLease>(),
            p.GetRequiredService<LiveEvents>(), p.GetRequiredService<TimeProvider>()))
        .AddHostedService<JobsHost>(NodeRole.Jobs);
}
