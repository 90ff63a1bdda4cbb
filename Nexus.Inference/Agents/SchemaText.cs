using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Nexus.Inference.Agents;

/// <summary>The names of a schema as JSON has them, escaped once.</summary>
internal sealed class SchemaText(DecisionSchema schema)
{
    private string _variant = "";
    private byte[] _utf8Variant = [];

    public JsonEncodedText[] Inputs { get; } = [.. schema.Inputs.Select(i => Encode(i.Name))];

    public JsonEncodedText[] Classes { get; } = [.. schema.Classes.Select(Encode)];

    /// <summary>As all JSON of decisions is escaped.</summary>
    public static JsonEncodedText Encode(string text) => JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);

    /// <summary>The variant's text: the same string as long as it is the same.</summary>
    public string Variant(ReadOnlySpan<byte> utf8)
    {
        if (!utf8.SequenceEqual(_utf8Variant)) (_variant, _utf8Variant) = (Encoding.UTF8.GetString(utf8), utf8.ToArray());
        return _variant;
    }
}
