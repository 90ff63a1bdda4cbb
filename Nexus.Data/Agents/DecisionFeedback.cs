using System.Text.Json;

namespace Nexus.Data.Agents;

/// <summary>One thing that came back on a decision.</summary>
public sealed record DecisionFeedback(string Kind, JsonElement Value, DateTimeOffset At, string Source);
