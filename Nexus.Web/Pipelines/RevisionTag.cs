using System.Globalization;
using Nexus.Data;

namespace Nexus.Web.Pipelines;

/// <summary>A text's revision as HTTP knows it: told by <c>ETag</c>, expected by <c>If-Match</c>.</summary>
internal static class RevisionTag
{
    public static void Tell(HttpResponse response, int revision) => response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{revision}\"");

    /// <returns>Null where nothing is expected.</returns>
    /// <exception cref="RefusedException">Malformed: no revision's number.</exception>
    public static int? Expected(HttpRequest request)
    {
        var given = request.Headers.IfMatch.ToString().Trim();
        if (given.Length == 0) return null;
        return int.TryParse(given.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            ? revision
            : throw Refused.Malformed("If-Match is the number of the revision that the text was written over, 0 for none: If-Match: \"3\".");
    }
}
