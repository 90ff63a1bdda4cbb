using Microsoft.Extensions.DependencyInjection;

namespace Nexus.Data.Feedback;

public static class FeedbackData
{
    public static IServiceCollection AddFeedbackData(this IServiceCollection services) => services
        .AddSingleton<FeedbackJoin>()
        .AddSingleton<FeedbackReader>()
        .AddSingleton<FeedbackService>();
}
