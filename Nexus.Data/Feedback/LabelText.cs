using System.Globalization;
using System.Text.Json;

namespace Nexus.Data.Feedback;

/// <summary>A told label as the text that a model's raw class is compared with.</summary>
public static class LabelText
{
    /// <summary>The text of a stored JSON value: <c>"UP"</c> is UP, <c>1</c> is 1, <c>true</c> is true.</summary>
    public static string Of(string json)
    {
        using var document = JsonDocument.Parse(json);
        var text = document.RootElement.ValueKind == JsonValueKind.String ? document.RootElement.GetString()! : document.RootElement.GetRawText();
        return text.Length <= 256 ? text : text[..256];
    }

    /// <summary>Whether two texts name the same class: <c>1</c> and <c>1.0</c> do.</summary>
    public static bool Same(string? a, string? b) =>
        string.Equals(a, b, StringComparison.Ordinal)
        || (double.TryParse(a, NumberStyles.Float, CultureInfo.InvariantCulture, out var x)
            && double.TryParse(b, NumberStyles.Float, CultureInfo.InvariantCulture, out var y)
            && x.Equals(y));
}
