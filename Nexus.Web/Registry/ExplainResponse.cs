namespace Nexus.Web.Registry;

/// <param name="Id">The explanation, to be asked for until its state is Succeeded or Failed.</param>
internal sealed record ExplainResponse(Guid Id);
