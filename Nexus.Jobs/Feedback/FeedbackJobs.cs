using Microsoft.Extensions.DependencyInjection;

namespace Nexus.Jobs.Feedback;

public static class FeedbackJobs
{
    public static IServiceCollection AddFeedbackJobs(this IServiceCollection services) => services.AddHostedService<FeedbackSweep>();
}
