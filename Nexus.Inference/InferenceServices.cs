using Microsoft.Extensions.DependencyInjection;
using Nexus.Inference.Agents;
using Nexus.Inference.Datasets;
using Nexus.Inference.Monitoring;
using Nexus.Inference.Onnx;
using Nexus.Inference.Registry;

namespace Nexus.Inference;

public static class InferenceServices
{
    /// <summary>What answers a request, and the statistics of what was answered.</summary>
    public static IServiceCollection AddNexusInference(this IServiceCollection services) => services
        .AddOnnxInference()
        .AddRegistryInference()
        .AddAgentInference()
        .AddMonitoringInference()
        .AddDatasetInference();
}
