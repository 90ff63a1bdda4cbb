using System.Text.Json;

namespace Nexus.Data.Feedback;

/// <summary>One item as it was told, checked already.</summary>
/// <param name="Value">JSON of a text, number or boolean.</param>
/// <param name="At">When it happened; null: when it is received.</param>
/// <param name="Source">Who or what tells; null: the caller.</param>
public sealed record FeedbackInput(Guid DecisionId, string Kind, string Value, DateTimeOffset? At = null, string? Source = null)
{
    private static readonly string[] Members = ["decisionId", "kind", "value", "at", "source"];
    private static readonly DateTimeOffset Earliest = DateTimeOffset.UnixEpoch;

    /// <summary>Reads one item of a posted list.</summary>
    /// <returns>The item, or the reason against it in words for the caller.</returns>
    public static (FeedbackInput? Item, string? Reason) Read(JsonElement json, DateTimeOffset now)
    {
        try
        {
            return ReadMembers(json, now);
        }
        catch (InvalidOperationException)
        {
            return (null, "A text in it is not Unicode."); // half of a surrogate pair, escaped
        }
    }

    private static (FeedbackInput? Item, string? Reason) ReadMembers(JsonElement json, DateTimeOffset now)
    {
        if (json.ValueKind != JsonValueKind.Object) return (null, "An item is an object with decisionId, kind and value.");
        if (Unknown(json) is { } unknown) return (null, unknown);
        if (!Text(json, "decisionId", out var id) || !Guid.TryParse(id, out var decision)) return (null, "decisionId is the id of a decision, a UUID.");
        if (!Text(json, "kind", out var kind) || !FeedbackKinds.All.Contains(kind)) return (null, $"kind is one of {string.Join(", ", FeedbackKinds.All)}.");
        if (!json.TryGetProperty("value", out var value)) return (null, "value is missing.");
        if (Fault(kind, value) is { } fault) return (null, fault);
        if (!Optional(json, "source", out var source) || source is { Length: 0 or > 100 }) return (null, "source is a text of 1 to 100 characters.");
        if (!Optional(json, "at", out var told)) return (null, "at is a time in ISO 8601.");

        DateTimeOffset? at = null;
        if (told is not null)
        {
            if (!json.GetProperty("at").TryGetDateTimeOffset(out var time)) return (null, "at is a time in ISO 8601, with its zone.");
            if (time < Earliest || time > now.AddDays(1)) return (null, "at lies before 1970 or more than a day ahead.");
            at = UtcMicroseconds.Truncate(time.ToUniversalTime());
        }

        return (new(decision, kind, CanonicalJson.Write(System.Text.Json.Nodes.JsonNode.Parse(value.GetRawText())), at, source), null);
    }

    private static string? Fault(string kind, JsonElement value) => (kind, value.ValueKind) switch
    {
        (FeedbackKinds.Rating or FeedbackKinds.Session, not JsonValueKind.Number) => $"The value of a {kind} is a number.",
        (_, JsonValueKind.Number) => value.TryGetDouble(out var number) && double.IsFinite(number) ? null : "value is not a finite number.",
        (_, JsonValueKind.True or JsonValueKind.False) => null,
        (_, JsonValueKind.String) => value.GetString() is { Length: > 0 and <= 256 } ? null : "A text value has 1 to 256 characters.",
        _ => "value is a text, a number or a boolean.",
    };

    /// <summary>A misspelt <c>at</c> must not be as if none were given.</summary>
    private static string? Unknown(JsonElement json)
    {
        foreach (var member in json.EnumerateObject())
        {
            if (Members.Contains(member.Name)) continue;
            var name = member.Name.Length <= 80 ? member.Name : member.Name[..80] + "…";
            return $"There is no member '{name}'." + (NearestWord.Among(name, Members) is { } nearest ? $" Did you mean '{nearest}'?" : $" Known: {string.Join(", ", Members)}.");
        }

        return null;
    }

    private static bool Text(JsonElement json, string name, out string text)
    {
        text = json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        return text.Length > 0;
    }

    private static bool Optional(JsonElement json, string name, out string? text)
    {
        text = null;
        if (!json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return true;
        if (value.ValueKind != JsonValueKind.String) return false;
        text = value.GetString();
        return true;
    }
}
