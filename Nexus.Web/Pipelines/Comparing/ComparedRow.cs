using Nexus.Data.Pipelines.Comparing;

namespace Nexus.Web.Pipelines.Comparing;

/// <param name="At">The run's position in the comparison.</param>
public sealed record ComparedRow(int At, string Name, ComparedRun Run);
