namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>
/// Where in the document the cursor stands, told from the text before it alone, since a text that is being written seldom parses.
/// </summary>
/// <param name="Path">The keys that enclose the cursor; at a value, its own key last.</param>
/// <param name="AtValue">Whether a value is being written rather than a key.</param>
/// <param name="Word">The word being written, up to the cursor.</param>
internal sealed record YamlCursor(string[] Path, bool AtValue, string Word, Place WordPlace)
{
    public static YamlCursor Locate(string text, int line, int column)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var blocks = new Stack<(int Indent, string Key)>();
        var flows = new Stack<string?>();
        string? pending = null;
        for (var i = 0; i < Math.Min(line, lines.Length); i++)
        {
            var current = lines[i];
            if (i == line - 1) current = current[..Math.Min(current.Length, Math.Max(0, column - 1))];
            else if (string.IsNullOrWhiteSpace(current) || current.TrimStart().StartsWith('#')) continue;
            if (flows.Count == 0) pending = Block(current, blocks, i == line - 1);
            pending = Flow(flows.Count == 0 ? After(current, pending) : current, flows, pending);
        }

        var written = lines.Length >= line ? lines[line - 1][..Math.Min(lines[line - 1].Length, Math.Max(0, column - 1))] : "";
        var word = new string([.. written.Reverse().TakeWhile(IsWord).Reverse()]);
        var atValue = pending is not null;
        string[] path = [.. blocks.Reverse().Select(b => b.Key), .. flows.Reverse().OfType<string>()];
        if (flows.Count > 0 && pending is not null) path = [.. path, pending];
        return new(path, atValue, word, new(line, column - word.Length, line, column));
    }

    // Keeps of the open blocks those that the line's indentation lies within, and opens the line's own.
    private static string? Block(string line, Stack<(int Indent, string Key)> blocks, bool last)
    {
        var indent = line.TakeWhile(c => c is ' ' or '-').Count();
        while (blocks.Count > 0 && blocks.Peek().Indent >= indent) blocks.Pop();
        var key = KeyOf(line);
        if (key is null) return null;
        blocks.Push((indent, key));
        return last || After(line, key).Trim().Length > 0 ? key : null;
    }

    // Flow mappings nest by braces; a key that stands before a brace names it.
    private static string? Flow(string part, Stack<string?> flows, string? pending)
    {
        var word = "";
        foreach (var c in part)
        {
            switch (c)
            {
                case '{' or '[':
                    // The outermost flow's name is its block's.
                    flows.Push(flows.Count == 0 ? null : pending);
                    (pending, word) = (c == '[' ? pending ?? "" : null, "");
                    break;
                case '}' or ']':
                    if (flows.Count > 0) flows.Pop();
                    (pending, word) = (null, "");
                    break;
                case ',':
                    (pending, word) = (null, "");
                    break;
                case ':' when flows.Count > 0:
                    (pending, word) = (word.Trim(), "");
                    break;
                default:
                    word += c;
                    break;
            }
        }

        return pending;
    }

    private static string? KeyOf(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        var key = colon < 0 ? "" : line[..colon].Trim(' ', '-', '"', '\'');
        return key.Length > 0 && key.All(IsWord) ? key : null;
    }

    private static string After(string line, string? key) =>
        key is null || !line.Contains(':', StringComparison.Ordinal) ? "" : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..];

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '-' or '_' or '@' or '/';
}
