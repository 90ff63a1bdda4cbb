namespace Nexus.Web.Registry;

/// <param name="Dataset"><c>elec2@3</c>, or <c>elec2</c> for its newest version.</param>
/// <param name="Label">The column that holds the truth.</param>
internal sealed record ExplainRequest(string? Dataset, string? Label);
