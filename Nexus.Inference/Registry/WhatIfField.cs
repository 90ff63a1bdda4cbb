using System.Text.Json.Nodes;

namespace Nexus.Inference.Registry;

/// <summary>One input as a form takes it.</summary>
/// <param name="Kind">number, integer, boolean, category, text, time or array.</param>
/// <param name="Minimum">The smallest value in training, or null; of times microseconds since 1970 UTC.</param>
/// <param name="Values">Of a category, the most frequent first.</param>
/// <param name="Default">The median or the most frequent value in training; null where none is known.</param>
public sealed record WhatIfField(string Name, string Datatype, string Kind, double? Minimum, double? Maximum, IReadOnlyList<string> Values, JsonNode? Default);
