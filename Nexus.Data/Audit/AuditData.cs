using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Data.Nodes;

namespace Nexus.Data.Audit;

public static class AuditData
{
    /// <summary>The ledger, its verification and its checkpoints.</summary>
    public static IServiceCollection AddAuditData(this IServiceCollection services) => services
        .AddSingleton<LedgerChain>()
        .AddSingleton<LedgerHealth>()
        .AddSingleton<CheckpointSigner>()
        .AddSingleton<CheckpointStore>()
        .AddSingleton<LeafLog>()
        .AddSingleton<LedgerAuditor>()
        .AddSingleton(provider => new AuditService(
            provider.GetRequiredService<IDbContextFactory<NexusDb>>(), provider.GetRequiredService<LedgerAuditor>(),
            provider.GetRequiredService<CheckpointSigner>(), provider.GetRequiredService<LeafLog>()))
        .AddHostedService<LedgerWatch>(NodeRole.Web);
}
