using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Data.Agents;
using Nexus.Data.Audit;
using Nexus.Data.Datasets;
using Nexus.Data.Feedback;
using Nexus.Data.Governance;
using Nexus.Data.Identity;
using Nexus.Data.Lineage;
using Nexus.Data.Live;
using Nexus.Data.Nodes;
using Nexus.Data.Pipelines;
using Nexus.Data.Registry;
using Nexus.Data.Samples;
using Nexus.Data.Search;
using Nexus.Data.Storage;

namespace Nexus.Data;

public static class DataServices
{
    /// <summary>What is remembered, area by area.</summary>
    public static IServiceCollection AddNexusData(this IServiceCollection services, IConfiguration configuration) => services
        .AddStorage(configuration)
        .AddSingleton<LiveEvents>()
        .AddHostedService<RedisRelay>()
        .AddNodeData()
        .AddIdentityData()
        .AddAuditData()
        .AddDatasetData()
        .AddPipelineData()
        .AddRegistryData()
        .AddGovernanceData()
        .AddAgentData()
        .AddFeedbackData()
        .AddLineageData()
        .AddSearchData()
        .AddSampleData();
}
