using System.Buffers;

namespace Nexus.Web.Agents;

/// <summary>The path of a <c>decide</c> or <c>infer</c>, read; anything unusual in it is left to the router.</summary>
/// <param name="Path">As the request has it.</param>
/// <param name="Infers">Whether it is an inference of the Open Inference Protocol.</param>
internal sealed record ShortRoute(string Path, string Agent, bool Infers)
{
    private const string Json = "application/json";
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>The route that the router would have found.</summary>
    public string Pattern => Infers ? "/v2/models/{agent}/infer" : "/api/v1/agents/{name}/decide";

    /// <summary>Null where the request is another, or not plain.</summary>
    /// <param name="memory">The connection's.</param>
    public static ShortRoute? Of(HttpContext http, ConnectionMemory memory)
    {
        var request = http.Request;
        if (!HttpMethods.IsPost(request.Method) || request.ContentType != Json || request.Path.Value is not { } path) return null;
        var known = memory.Route;
        if (known is not null && ReferenceEquals(known.Path, path)) return known;
        if (Read(path) is not { } read) return null;
        return memory.Route = known is not null && known.Path == path ? known with { Path = path } : read;
    }

    /// <summary>Null for any other path.</summary>
    internal static ShortRoute? Read(string path) =>
        Name(path, "/api/v1/agents/", "/decide") is { } deciding ? new(path, deciding, Infers: false)
        : Name(path, "/v2/models/", "/infer") is { } inferring ? new(path, inferring, Infers: true)
        : null;

    private static string? Name(string path, string before, string after)
    {
        if (path.Length <= before.Length + after.Length || !path.StartsWith(before, StringComparison.Ordinal) || !path.EndsWith(after, StringComparison.Ordinal)) return null;
        var name = path.AsSpan(before.Length, path.Length - before.Length - after.Length);
        return name.ContainsAnyExcept(NameCharacters) ? null : name.ToString();
    }
}
