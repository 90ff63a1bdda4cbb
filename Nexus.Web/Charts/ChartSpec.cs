using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nexus.Web.Charts;

/// <summary>What the browser draws: columns instead of points, so that little travels. The kind names the script that draws it.</summary>
public abstract record ChartSpec([property: JsonIgnore] string Kind)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>The same text is the same picture.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, GetType(), Web);

    /// <summary>What is no number leaves a gap.</summary>
    protected static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
