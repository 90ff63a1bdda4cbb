using Nexus.Inference.Registry;

namespace Nexus.Web.Registry;

/// <param name="Label">The class; null for a number.</param>
/// <param name="Scores">Class → score.</param>
/// <param name="Value">A regression's number.</param>
/// <param name="Sweep">The answers over the values that were asked for, in their order; null where none were.</param>
internal sealed record WhatIfResponse(string? Label, IReadOnlyDictionary<string, double> Scores, double? Value, IReadOnlyList<WhatIfPoint>? Sweep);
