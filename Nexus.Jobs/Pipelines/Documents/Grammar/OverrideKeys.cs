namespace Nexus.Jobs.Pipelines.Documents.Grammar;

/// <summary>Reads keys: <c>a.b.c</c>, <c>group</c>, <c>group/nested</c>, <c>group@package</c>.</summary>
internal static class OverrideKeys
{
    private const string Wanted = "An override is path=value, or ~path to take something away.";

    /// <exception cref="OverrideFault">An empty part, or a character that a key cannot hold.</exception>
    public static OverrideKey Read(string text, int begin, int end)
    {
        while (begin < end && text[begin] is ' ' or '\t') begin++;
        while (end > begin && text[end - 1] is ' ' or '\t') end--;
        if (begin == end) throw new OverrideFault(begin + 1, Wanted);
        var at = text.IndexOf('@', begin, end - begin);
        Check(text, begin, at < 0 ? end : at);
        if (at >= 0 && at + 1 < end) Check(text, at + 1, end);
        return at < 0
            ? new(text[begin..end], null, begin + 1, end + 1)
            : new(text[begin..at], text[(at + 1)..end], begin + 1, end + 1);
    }

    private static void Check(string text, int begin, int end)
    {
        var empty = true;
        for (var i = begin; i < end; i++)
        {
            var separator = text[i] is '.' or '/';
            if (separator && empty) throw new OverrideFault(i + 1, $"A part of the path is empty. {Wanted}");
            if (!separator && !(char.IsLetterOrDigit(text[i]) || text[i] is '_' or '-' or '$')) throw new OverrideFault(i + 1, $"A path has no '{text[i]}'. {Wanted}");
            empty = separator;
        }

        if (empty) throw new OverrideFault(end + 1, $"A part of the path is empty. {Wanted}");
    }
}
