using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nexus.Data;

/// <summary>Times in JSON: ISO 8601 in UTC, ending in <c>Z</c>. Any offset is understood; a time without one is UTC.</summary>
public sealed class UtcTimes : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        // DateTimeOffset would read a time without offset as the machine's.
        if (!reader.TryGetDateTime(out var time) || !reader.TryGetDateTimeOffset(out var at)) throw new JsonException("A time is written as 2026-11-23T18:00:00Z.");
        return time.Kind == DateTimeKind.Unspecified ? new(time, TimeSpan.Zero) : at.ToUniversalTime();
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value.UtcDateTime);
}
