using System.Text;

namespace Nexus.Web.Tests.Strangers;

/// <summary>A request as it goes over the wire, nothing of it mended by the client.</summary>
/// <param name="Caller">The name of who asks; empty for nobody.</param>
internal sealed record HostileRequest(ApiOperation Operation, string Caller, string Target, string? ContentType, byte[]? Body, (string Name, string Value)? Header)
{
    private static readonly UriCreationOptions AsItIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public HttpRequestMessage Message(Uri portal)
    {
        var message = new HttpRequestMessage(new(Operation.Method), new Uri(portal.GetLeftPart(UriPartial.Authority) + Target, AsItIs));
        if (Body is not null)
        {
            message.Content = new ByteArrayContent(Body);
            if (ContentType is not null) message.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        }

        if (Header is var (name, value) && !message.Headers.TryAddWithoutValidation(name, value)) message.Content?.Headers.TryAddWithoutValidation(name, value);
        return message;
    }

    public override string ToString()
    {
        var body = Body is null ? "" : Encoding.Latin1.GetString(Body);
        return $"{Operation.Method} {Cut(Target)} as '{Caller}' {Header} {ContentType} {Cut(body)}";

        static string Cut(string text) => text.Length <= 400 ? text : $"{text[..400]}… ({text.Length})";
    }
}
