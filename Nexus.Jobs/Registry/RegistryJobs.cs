using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Data;
using Nexus.Data.Nodes;
using Nexus.Data.Storage;
using Nexus.Jobs.Registry.Evidence;
using Nexus.Jobs.Registry.Explanations;

namespace Nexus.Jobs.Registry;

public static class RegistryJobs
{
    public static IServiceCollection AddRegistryJobs(this IServiceCollection services) => services
        .AddSingleton<ScoredCatalog>()
        .AddSingleton(p => new EvidenceService(p.GetRequiredService<ScoredCatalog>(), p.GetRequiredService<BlobStore>()))
        .AddSingleton<ExplanationRows>()
        .AddSingleton<ExplanationSignal>()
        .AddSingleton<ExplanationLease>()
        .AddSingleton<ExplanationWork>()
        .AddSingleton(p => new ExplanationService(
            p.GetRequiredService<IDbContextFactory<NexusDb>>(), p.GetRequiredService<ExplanationRows>(), p.GetRequiredService<ExplanationSignal>(), p.GetRequiredService<TimeProvider>()))
        .AddSingleton<ExplanationWorker>()
        .AddHostedService<ExplanationWorker>(NodeRole.Jobs);
}
