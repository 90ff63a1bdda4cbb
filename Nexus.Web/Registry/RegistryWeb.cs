namespace Nexus.Web.Registry;

internal static class RegistryWeb
{
    public static IServiceCollection AddRegistryWeb(this IServiceCollection services) => services.AddSingleton<CardReader>();

    public static void MapRegistry(this RouteGroupBuilder api)
    {
        var models = api.MapGroup("/models").WithTags("Registry");
        models.MapModels();
        models.MapModelVersions();
        models.MapModelUpload();
        models.MapExplanations();
        models.MapCards();
    }
}
