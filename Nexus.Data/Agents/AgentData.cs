using Microsoft.Extensions.DependencyInjection;

namespace Nexus.Data.Agents;

public static class AgentData
{
    public static IServiceCollection AddAgentData(this IServiceCollection services)
    {
        services.AddOptions<DecisionOptions>().BindConfiguration(DecisionOptions.Section).ValidateDataAnnotations()
            .Validate(
                o => o.KeepDays is 0 or >= DecisionOptions.LeastKeepDays,
                $"Nexus:Decisions:KeepDays is 0, which keeps all in the database, or at least {DecisionOptions.LeastKeepDays}: monitoring looks back over so many.")
            .ValidateOnStart();
        return services
            .AddSingleton<AgentService>().AddSingleton<ArchivedDecisions>().AddSingleton<DecisionArchiver>().AddSingleton<DecisionReader>().AddSingleton<ServiceHistory>();
    }
}
