namespace Nexus.Web.Feedback;

internal static class FeedbackWeb
{
    public static IServiceCollection AddFeedbackWeb(this IServiceCollection services) => services;

    public static void MapFeedback(this RouteGroupBuilder api) => api.MapFeedbackEndpoints();
}
