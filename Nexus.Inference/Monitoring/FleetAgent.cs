using Nexus.Data.Agents;

namespace Nexus.Inference.Monitoring;

/// <summary>An agent among all others, at a glance.</summary>
/// <param name="Pulse">Null while it serves nothing.</param>
/// <param name="Volume">Decisions a second since it first answered: by quarters of an hour over the day, by minutes where it began within the last hour and a half.</param>
public sealed record FleetAgent(AgentView Agent, AgentPulse? Pulse, IReadOnlyList<double> Volume);
