using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Nexus.Data;

namespace Nexus.Web.Shell;

/// <summary>Names the member of a body that its call does not have, and the one that was probably meant.</summary>
internal sealed partial class UnknownMembers(IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions> json)
{
    private const int Shown = 80;

    /// <returns>Null where the exception is another.</returns>
    public ProblemDetails? ProblemOf(Exception exception)
    {
        if (exception is not BadHttpRequestException { InnerException: JsonException unread } || Unmapped().Match(unread.Message) is not { Success: true } match) return null;
        var (member, known) = (match.Groups["member"].Value, Known(match.Groups["type"].Value));
        var shown = member.Length <= Shown ? member : member[..Shown] + "…";
        var nearest = NearestWord.Among(member.Length <= Shown ? member : member[..Shown], known);
        var why = $"There is no member '{shown}'." + (nearest is not null ? $" Did you mean '{nearest}'?" : known.Count > 0 ? $" Known: {string.Join(", ", known)}." : "");
        var problem = new ProblemDetails { Status = StatusCodes.Status422UnprocessableEntity, Detail = why };
        problem.Extensions["errors"] = new Dictionary<string, string[]> { [shown] = [why] };
        return problem;
    }

    private IReadOnlyList<string> Known(string typeName) =>
        typeof(UnknownMembers).Assembly.GetType(typeName) is { } type && json.Value.SerializerOptions.GetTypeInfo(type) is { Kind: JsonTypeInfoKind.Object } info
            ? [.. info.Properties.Where(p => p.Set is not null || p.AssociatedParameter is not null).Select(p => p.Name)]
            : [];

    [GeneratedRegex(@"^The JSON property '(?<member>.*)' could not be mapped to any \.NET member contained in type '(?<type>[^']*)'\.", RegexOptions.Singleline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 500)]
    private static partial Regex Unmapped();
}
