using Microsoft.Extensions.DependencyInjection;
using Nexus.Data.Storage;
using Nexus.Jobs.Registry.Evidence;

namespace Nexus.Jobs.Registry;

public static class RegistryJobs
{
    public static IServiceCollection AddRegistryJobs(this IServiceCollection services) => services
        .AddSingleton<ScoredCatalog>()
        .AddSingleton(p => new EvidenceService(p.GetRequiredService<ScoredCatalog>(), p.GetRequiredService<BlobStore>()));
}
