using Microsoft.Extensions.DependencyInjection;

namespace Nexus.Data.Samples;

public static class SampleData
{
    /// <summary>What is remembered of the sample workspace, and its removal.</summary>
    public static IServiceCollection AddSampleData(this IServiceCollection services) => services
        .AddSingleton<SampleMarks>()
        .AddSingleton<SampleStore>()
        .AddSingleton<SampleRemoval>();
}
