using System.Text.Json.Serialization;

namespace Nexus.Web.Sweeps;

/// <param name="Trials">How many more runs.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ExtendSweepRequest(int Trials);
