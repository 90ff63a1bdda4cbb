namespace Nexus.Web.Registry;

internal static class RegistryWeb
{
    public static IServiceCollection AddRegistryWeb(this IServiceCollection services) => services;

    public static void MapRegistry(this RouteGroupBuilder api)
    {
    }
}
