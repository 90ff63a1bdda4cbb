namespace Nexus.Web.Pipelines;

internal sealed record StartRunResponse(Guid Id);
