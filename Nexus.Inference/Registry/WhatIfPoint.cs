using System.Text.Json.Nodes;

namespace Nexus.Inference.Registry;

/// <param name="Value">The feature's value, as inputs write it.</param>
/// <param name="Answer">With all other inputs as they are.</param>
public sealed record WhatIfPoint(JsonNode? Value, WhatIfAnswer Answer);
