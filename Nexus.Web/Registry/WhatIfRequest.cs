using System.Text.Json.Nodes;

namespace Nexus.Web.Registry;

/// <param name="Inputs">Feature → value, as a decide call takes them; what is absent is missing.</param>
/// <param name="Sweep">One feature over several values beside.</param>
internal sealed record WhatIfRequest(JsonObject? Inputs, WhatIfSweepRequest? Sweep);

/// <param name="Values">1 to 100 of them.</param>
internal sealed record WhatIfSweepRequest(string? Feature, IReadOnlyList<JsonNode?>? Values);
