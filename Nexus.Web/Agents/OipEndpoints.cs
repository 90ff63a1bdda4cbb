namespace Nexus.Web.Agents;

/// <summary>The Open Inference Protocol v2, under <c>/v2</c>.</summary>
internal static class OipEndpoints
{
    public static void MapInference(this IEndpointRouteBuilder app)
    {
    }
}
