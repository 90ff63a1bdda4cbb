using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Nexus.Data.Nodes;

public static class RoleServices
{
    /// <summary>A hosted service that exists only on nodes of that role.</summary>
    public static IServiceCollection AddHostedService<TService>(this IServiceCollection services, string role)
        where TService : class, IHostedService => services.AddSingleton<IHostedService>(provider =>
            provider.GetRequiredService<IOptions<NexusOptions>>().Value.Does(role)
                ? provider.GetService<TService>() ?? ActivatorUtilities.CreateInstance<TService>(provider)
                : new Elsewhere());

    /// <summary>Stands in the list for a service that is another node's.</summary>
    private sealed class Elsewhere : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
