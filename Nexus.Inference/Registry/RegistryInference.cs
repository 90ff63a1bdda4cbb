using Microsoft.Extensions.DependencyInjection;

namespace Nexus.Inference.Registry;

public static class RegistryInference
{
    public static IServiceCollection AddRegistryInference(this IServiceCollection services) =>
        services
        .AddSingleton<SmokeRun>().AddSingleton<ModelUploads>().AddSingleton<WarmSessions>().AddSingleton<WhatIfService>().AddSingleton<WhatIfStarts>();
}
