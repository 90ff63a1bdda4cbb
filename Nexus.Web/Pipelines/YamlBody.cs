using System.Text;
using Nexus.Data;

namespace Nexus.Web.Pipelines;

/// <summary>A request's body as YAML text.</summary>
internal static class YamlBody
{
    public const int MaxBytes = 1024 * 1024;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="RefusedException">UnsupportedMediaType, TooLarge, or Malformed where it is not UTF-8.</exception>
    public static async Task<string> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        var type = request.ContentType?.Split(';')[0].Trim();
        if (type is not ("application/yaml" or "application/x-yaml" or "text/yaml" or "text/x-yaml" or "text/plain"))
            throw Refused.Unsupported("A document is sent as application/yaml.");
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, ct)) > 0)
        {
            if (body.Length + read > MaxBytes) throw Refused.TooLarge($"A document has at most {MaxBytes / 1024} KiB.");
            body.Write(buffer, 0, read);
        }

        try
        {
            return Strict.GetString(body.GetBuffer(), 0, (int)body.Length).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw Refused.Malformed("The body is not UTF-8.");
        }
    }
}
