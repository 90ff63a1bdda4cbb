namespace Nexus.Web.Pipelines;

internal sealed record PutPipelineResponse(string Name, int Revision);
