using System.Globalization;

namespace Nexus.Jobs.Pipelines.Documents.Grammar;

/// <summary>Writes values as the override grammar reads them again.</summary>
internal static class OverrideText
{
    public static string Write(DocumentNode node) => node.Kind switch
    {
        NodeKind.List => $"[{string.Join(", ", node.Items.Select(Write))}]",
        NodeKind.Map => $"{{{string.Join(", ", node.Members.Select(m => $"{Key(m.Name)}: {Write(m.Node)}"))}}}",
        _ => node.Scalar switch { null => "null", string text => Quote(text), var value => Plain(value) },
    };

    /// <summary>A number that is no integer shows so: <c>1.0</c>.</summary>
    public static string Plain(object value) => value switch
    {
        bool truth => truth ? "true" : "false",
        double number when double.IsNaN(number) => "nan",
        double number when double.IsInfinity(number) => number > 0 ? "inf" : "-inf",
        double number => number.ToString("R", CultureInfo.InvariantCulture) is var text && text.AsSpan().IndexOfAny('.', 'E') < 0 ? text + ".0" : text,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Key(string name) => name.Length > 0 && name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-') ? name : Quote(name, always: true);

    private static string Quote(string text, bool always = false)
    {
        if (!always && IsPlain(text)) return text;
        var quoted = new System.Text.StringBuilder("\"");
        var slashes = 0;
        foreach (var c in text)
        {
            if (c == '"') quoted.Append('\\', slashes + 1);
            slashes = c == '\\' ? slashes + 1 : 0;
            quoted.Append(c);
        }

        return quoted.Append('\\', slashes).Append('"').ToString();
    }

    private static bool IsPlain(string text)
    {
        if (text.Length == 0 || !text.All(c => c != '\\' && OverrideLexer.IsPlain(c))) return false;
        try
        {
            return OverrideScalars.Read(text, 1) is string;
        }
        catch (OverrideFault)
        {
            return false;
        }
    }
}
