using System.Text.Json.Serialization;

namespace Nexus.Data.Registry;

/// <summary>Where a model version stands. At most one version of a model is in Production.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Stage>))]
public enum Stage
{
    None,
    Staging,
    Production,
    Archived,
}
