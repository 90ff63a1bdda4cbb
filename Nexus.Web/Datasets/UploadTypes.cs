using System.Text.Json;
using Nexus.Data;

namespace Nexus.Web.Datasets;

/// <summary>Type overrides as an upload carries them: a JSON object, column → type.</summary>
internal static class UploadTypes
{
    public const int MaxLength = 1 << 20;

    /// <exception cref="RefusedException">Invalid, where the text is no such object.</exception>
    public static Dictionary<string, string>? Parse(string? json)
    {
        if (string.IsNullOrWhiteSpace(json)) return null;
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(json);
        }
        catch (JsonException)
        {
            throw Refused.Invalid("types", "types is a JSON object of columns and types, as {\"zip\": \"text\"}.");
        }
    }
}
