using System.Net.Http.Headers;
using System.Text;
using Nexus.Inference.Onnx;

namespace Nexus.Web.Tests.Registry;

/// <summary>Small models as files and forms.</summary>
internal static class Onnx
{
    /// <summary>One number in, the same number out; <paramref name="salt"/> makes another file of it.</summary>
    public static byte[] Echo(string salt = "") => Write(new("g", [new("Identity", ["x"], ["y"], [])], [], [new("x", OnnxElement.Float, [-1, 1])], [new("y", OnnxElement.Float, [-1, 1])]), salt);

    public static byte[] Foreign() => Write(new("g", [new("Fancy", ["x"], ["y"], [], "acme.ops")], [], [new("x", OnnxElement.Float, [-1, 1])], [new("y", OnnxElement.Float, [-1, 1])]));

    public static MultipartFormDataContent Form(byte[] model, string? metadata = null)
    {
        var form = new MultipartFormDataContent();
        var file = new ByteArrayContent(model);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        form.Add(file, "model", "model.onnx");
        if (metadata is not null) form.Add(new StringContent(metadata, Encoding.UTF8, "application/json"), "metadata");
        return form;
    }

    private static byte[] Write(OnnxGraph graph, string salt = "") => OnnxWriter.Write(new(
        graph, new Dictionary<string, long> { [""] = 20 }, new Dictionary<string, string> { ["salt"] = salt }));
}
