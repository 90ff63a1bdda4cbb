namespace Nexus.Data.Governance;

/// <param name="DecisionsPerDay">In the 24 h before the approval was asked for.</param>
public sealed record AffectedAgent(string Name, long DecisionsPerDay);
