using Microsoft.Extensions.DependencyInjection;

namespace Nexus.Data.Nodes;

public static class NodeData
{
    /// <summary>Which nodes there are, what they changed, and the keys that they share. First in, so last out.</summary>
    public static IServiceCollection AddNodeData(this IServiceCollection services) => services
        .AddSingleton<NodeIdentity>()
        .AddSingleton<SharedKeys>()
        .AddSingleton<NodeRegister>()
        .AddHostedService(provider => provider.GetRequiredService<NodeRegister>())
        .AddSingleton<ChangeWatch>()
        .AddHostedService(provider => provider.GetRequiredService<ChangeWatch>());
}
