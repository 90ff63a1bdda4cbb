using Microsoft.Extensions.DependencyInjection;

namespace Nexus.Inference.Onnx;

public static class OnnxInference
{
    public static IServiceCollection AddOnnxInference(this IServiceCollection services) =>
        services.AddSingleton<SessionPool>();
}
