using System.Text.Json;
using Nexus.Data.Agents;

namespace Nexus.Web.Agents;

/// <summary>Body of <c>PUT /agents/{name}</c>.</summary>
public sealed record PutAgentRequest(string? Model, string? Description);

/// <summary>An agent as programs read it.</summary>
public sealed record AgentResponse(
    string Name, string Model, string Description, int? ModelVersion, int PlanRevision, DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset ChangedAt)
{
    internal static AgentResponse From(AgentView agent) => new(
        agent.Name, agent.Model, agent.Description, agent.ProductionVersion, agent.PlanRevision, agent.CreatedAt, agent.CreatedBy, agent.ChangedAt);
}

/// <summary>What was answered: a class with the classes' probabilities, or a value.</summary>
public sealed record DecisionOutput(string? Label, JsonElement Scores, double? Value);

/// <summary>What came back on a decision.</summary>
public sealed record FeedbackResponse(string Kind, JsonElement Value, DateTimeOffset At, string Source);

/// <summary>A decision as programs read it.</summary>
public sealed record DecisionResponse(
    Guid Id,
    string Agent,
    DateTimeOffset At,
    JsonElement Inputs,
    DecisionOutput Output,
    int ModelVersion,
    string Variant,
    int PlanRevision,
    string? Unit,
    string? Subject,
    JsonElement? Context,
    int LatencyMicroseconds,
    IReadOnlyList<FeedbackResponse> Feedback)
{
    internal static DecisionResponse From(DecisionView decision) => new(
        decision.Id, decision.Agent, decision.At, decision.Inputs, new(decision.Label, decision.Scores, decision.Value), decision.ModelVersion,
        decision.Variant, decision.PlanRevision, decision.Unit, decision.Subject, decision.Context, decision.LatencyMicroseconds,
        [.. decision.Feedback.Select(f => new FeedbackResponse(f.Kind, f.Value, f.At, f.Source))]);
}

/// <summary>Body of <c>POST /agents/{name}/decide</c>, for the document; it is read without being made.</summary>
public sealed record DecideBody(IReadOnlyDictionary<string, JsonElement> Inputs, string? Unit, string? Subject, JsonElement? Context);

/// <summary>Answer of <c>POST /agents/{name}/decide</c>, for the document.</summary>
public sealed record DecideResponse(Guid DecisionId, DecisionOutput Output, int ModelVersion, string Variant, IReadOnlyList<JsonElement> Guardrails);
