using Microsoft.Extensions.DependencyInjection;
using Nexus.Jobs.Agents;
using Nexus.Jobs.Feedback;
using Nexus.Jobs.Governance;
using Nexus.Jobs.Pipelines;
using Nexus.Jobs.Registry;
using Nexus.Jobs.Samples;
using Nexus.Jobs.Sweeps;
using Nexus.Jobs.Training;

namespace Nexus.Jobs;

public static class JobServices
{
    /// <summary>What works in the background.</summary>
    public static IServiceCollection AddNexusJobs(this IServiceCollection services) => services
        .AddPipelineJobs()
        .AddTrainingJobs()
        .AddAgentJobs()
        .AddFeedbackJobs()
        .AddGovernanceJobs()
        .AddRegistryJobs()
        .AddSweepJobs()
        .AddSampleJobs();
}
