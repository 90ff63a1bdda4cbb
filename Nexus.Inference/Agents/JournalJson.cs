using System.Text.Json.Serialization;

namespace Nexus.Inference.Agents;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DecisionSchema))]
internal sealed partial class JournalJson : JsonSerializerContext;
