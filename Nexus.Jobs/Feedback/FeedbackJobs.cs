using Microsoft.Extensions.DependencyInjection;
using Nexus.Data.Nodes;

namespace Nexus.Jobs.Feedback;

public static class FeedbackJobs
{
    public static IServiceCollection AddFeedbackJobs(this IServiceCollection services) => services.AddHostedService<FeedbackSweep>(NodeRole.Jobs);
}
