using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Nexus.Data.Agents;

namespace Nexus.Data.Registry;

public static class RegistryData
{
    public static IServiceCollection AddRegistryData(this IServiceCollection services)
    {
        services.TryAddSingleton<IServedModels, NothingServed>();
        return services
            .AddSingleton<ModelService>()
            .AddSingleton<ModelCatalog>()
            .AddSingleton<ModelEditor>()
            .AddSingleton<ExplanationCatalog>()
            .AddSingleton<ModelCardService>()
            .AddSingleton<TransitionService>();
    }
}
