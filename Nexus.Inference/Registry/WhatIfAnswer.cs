namespace Nexus.Inference.Registry;

/// <summary>What a version answers to inputs that somebody made up.</summary>
/// <param name="Label">The class; null for a number.</param>
/// <param name="Scores">Class → score, in the order of the model; empty for a number and for a model that answers classes only.</param>
/// <param name="Value">A regression's number.</param>
public sealed record WhatIfAnswer(string? Label, IReadOnlyDictionary<string, double> Scores, double? Value);
