using Nexus.Data.Registry;

namespace Nexus.Data.Governance;

/// <summary>The change that an approval of kind <c>model-transition</c> executes.</summary>
public sealed record StageTransition(string Model, int Version, Stage To);
