using System.Text.Json.Nodes;

namespace Nexus.Inference.Registry;

/// <summary>A real row as inputs.</summary>
/// <param name="Number">0, 1, 2 …</param>
/// <param name="Truth">What the label column says; null where it is not known.</param>
public sealed record WhatIfRow(long Number, JsonObject Inputs, string? Truth);
