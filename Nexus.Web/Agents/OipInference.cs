using System.Globalization;
using Nexus.Data;
using Nexus.Inference.Agents;

namespace Nexus.Web.Agents;

/// <summary><c>POST /v2/models/{agent}[/versions/{v}]/infer</c>, JSON or the binary extension, either way.</summary>
internal static class OipInference
{
    public const string HeaderLength = "Inference-Header-Content-Length";

    public static Task Infer(HttpContext http)
    {
        var route = http.Request.RouteValues;
        return InferAsync(
            http,
            (string)route["agent"]!,
            route.TryGetValue("version", out var text) ? int.Parse((string)text!, CultureInfo.InvariantCulture) : null,
            http.RequestServices.GetRequiredService<DecisionService>(),
            http.RequestServices.GetRequiredService<TimeProvider>().GetTimestamp());
    }

    /// <summary>Answers and sends; whoever calls has seen to it that the caller may.</summary>
    public static async Task InferAsync(HttpContext http, string agent, int? version, DecisionService decisions, long started)
    {
        using var call = await AnswerAsync(http, agent, version, decisions, started);
        var response = http.Response;
        response.ContentType = call.HeaderBytes == 0 ? "application/json" : "application/octet-stream";
        if (call.HeaderBytes > 0) response.Headers[HeaderLength] = call.HeaderBytes.ToString(CultureInfo.InvariantCulture);
        response.ContentLength = call.Answer.WrittenCount;
        await response.BodyWriter.WriteAsync(call.Answer.WrittenMemory, CancellationToken.None); // the server ends it with the connection
    }

    public static ValueTask<InferenceCall> OpenAsync(DecisionService decisions, string agent, int? version, long started, CancellationToken ct) =>
        version is { } named ? decisions.OpenAsync(agent, named, started, ct) : new(decisions.Open(agent, started));

    private static async ValueTask<InferenceCall> AnswerAsync(HttpContext http, string agent, int? version, DecisionService decisions, long started)
    {
        using var body = await RequestBody.ReadAsync(http);
        var call = version is null ? decisions.Open(agent, started) : await decisions.OpenAsync(agent, version.Value, started, http.RequestAborted);
        try
        {
            await Answer(call, body.Bytes, HeaderBytes(http, body.Bytes.Length));
            return call;
        }
        catch
        {
            call.Dispose();
            throw;
        }
    }

    /// <returns>Completes when the answer may leave.</returns>
    private static Task Answer(InferenceCall call, ReadOnlySpan<byte> body, int headerBytes)
    {
        var request = new OipRequestReader(body[..headerBytes], body[headerBytes..], call);
        request.Read();
        call.Run();
        var recorded = call.RecordAsync(request.Details);
        OipAnswer.Write(call, request);
        return recorded;
    }

    private static int HeaderBytes(HttpContext http, int bodyBytes)
    {
        if (!http.Request.Headers.TryGetValue(HeaderLength, out var text)) return bodyBytes;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes <= bodyBytes
            ? bytes
            : throw Refused.Malformed($"{HeaderLength} is not a length within the body's {bodyBytes} bytes.");
    }
}
