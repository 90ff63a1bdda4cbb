using Microsoft.Extensions.DependencyInjection;

namespace Nexus.Data.Samples;

public static class SampleData
{
    public static IServiceCollection AddSampleData(this IServiceCollection services) => services.AddSingleton<SampleMarks>();
}
