using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Nexus.Data.Audit;

namespace Nexus.Data.Storage.Backups;

internal static class BackupData
{
    public static IServiceCollection AddBackups(this IServiceCollection services) => services
        .AddSingleton<BackupService>()
        .AddSingleton(provider => new RestoreService(
            provider.GetRequiredService<IDbContextFactory<NexusDb>>(), provider.GetRequiredService<DatabaseConnection>(),
            provider.GetRequiredService<BlobStore>(), new(provider.GetRequiredService<LedgerAuditor>), provider.GetRequiredService<IOptions<NexusOptions>>()));
}
