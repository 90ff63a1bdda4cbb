using Microsoft.Extensions.DependencyInjection;
using Nexus.Data.Agents;
using Nexus.Data.Nodes;
using Nexus.Data.Storage.Backups;
using Nexus.Data.Storage.Health;

namespace Nexus.Inference.Agents;

public static class AgentInference
{
    /// <summary>Answering, and the journal of what was answered. Started in this order: journal, agents; ended in the other.</summary>
    public static IServiceCollection AddAgentInference(this IServiceCollection services)
    {
        services.AddOptions<JournalOptions>().BindConfiguration(JournalOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ISystemProbe, JournalProbe>();
        return services
            .AddSingleton<ExplicitVersions>()
            .AddSingleton<DecisionService>()
            .AddSingleton<DecisionJournal>()
            .AddSingleton<AgentDirectory>()
            .AddSingleton<IServedModels>(provider => provider.GetRequiredService<AgentDirectory>())
            .AddSingleton<IBackupSource, JournalBackup>()
            .AddSingleton<JournalDrain>()
            .AddSingleton(provider => new DecisionBacklog(provider.GetRequiredService<JournalDrain>()))
            .AddMetrics()
            .AddHostedService<JournalGauges>(NodeRole.Inference)
            .AddHostedService<JournalFlusher>(NodeRole.Inference)
            .AddHostedService<JournalDrain>(NodeRole.Inference)
            .AddHostedService<AgentLoader>(NodeRole.Inference);
    }
}
