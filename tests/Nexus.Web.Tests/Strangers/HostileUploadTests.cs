using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using DuckDB.NET.Data;
using Nexus.Data.Identity;
using Nexus.Inference.Onnx;
using Nexus.Web.Tests.Registry;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Strangers;

/// <summary>
/// Files that are small and mean much, or never end: each is refused with what is wrong, in bounded time and memory, and the
/// portal answers others meanwhile.
/// </summary>
public sealed class HostileUploadTests(PortalApp portal) : IClassFixture<PortalApp>
{
    private static readonly Dictionary<string, long> Opsets = new() { [""] = 20 };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Tables => new()
    {
        { "100,000 columns", "4,096 columns" },
        { "an open quote", "quote" },
        { "a line of 20 MB", "longer than 16 MiB" },
        { "parquet of nothing", "no Parquet file" },
        { "parquet whose footer lies", "no Parquet file" },
        { "ndjson nested 10,000 deep", "depth of 64" },
        { "ndjson of 20,000 keys", "4,096 columns" },
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task Table_that_means_harm_is_refused_with_what_is_wrong(string what, string why)
    {
        var (type, body) = what switch
        {
            "100,000 columns" => ("text/csv", Text(string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"c{i}")) + "\n")),
            "an open quote" => ("text/csv", Text("a,b\n\"" + string.Concat(Enumerable.Repeat("x,\n", 1_000_000)))),
            "a line of 20 MB" => ("text/csv", Text("a\n" + new string('x', 20 << 20))),
            "parquet of nothing" => ("application/vnd.apache.parquet", Text("PAR1PAR1")),
            "parquet whose footer lies" => ("application/vnd.apache.parquet", [.. "PAR1"u8, .. new byte[64], 0xFF, 0xFF, 0xFF, 0x7F, .. "PAR1"u8]),
            "ndjson nested 10,000 deep" => ("application/x-ndjson", Text("{\"a\":" + new string('[', 10_000) + new string(']', 10_000) + "}\n")),
            _ => ("application/x-ndjson", Text("{" + string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"\"k{i}\":{i}")) + "}\n")),
        };

        await RefusedAsync(HttpMethod.Post, "/api/v1/datasets/hostile/versions", type, body, why);
    }

    // Some kilobytes each: 75 GB of one text, 4 GB of texts that are all but one, a thousand million zeros.
    [Theory]
    [Trait("Length", "Long")]
    [InlineData("SELECT repeat('a', 50000) AS t FROM range(1500000)", "texts")]
    [InlineData("SELECT repeat('a', 50000) || range AS t FROM range(80000)", "when decompressed")]
    [InlineData("SELECT 0 AS a, 0 AS b, 0 AS c, 0 AS d, 0 AS e, 0 AS f, 0 AS g, 0 AS h, 0 AS i, 0 AS j FROM range(100000000)", "cells")]
    public async Task Parquet_of_few_bytes_is_refused_for_what_it_means(string select, string why)
    {
        var body = Parquet(select);
        body.Length.ShouldBeLessThan(4 << 20);

        using var watch = new PortalWatch(portal);
        using var answer = await SendAsync(HttpMethod.Post, "/api/v1/datasets/bomb/versions", "application/vnd.apache.parquet", body);

        (await answer.ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge)).GetProperty("detail").GetString()!.ShouldContain(why);
        await watch.ShouldBeCalmAsync();
    }

    [Theory]
    [InlineData("aliases", "Anchors")]
    [InlineData("depth", "deep")]
    [InlineData("keys", "2,000 keys")]
    [InlineData("many documents", "document")]
    [InlineData("a long interpolation", "", true)]
    [InlineData("texts that double", "KiB of text", true)]
    [InlineData("one text everywhere", "KiB of text", true)]
    [InlineData("a reference to a reference", "lead from one to the next", true)]
    [InlineData("a mapping in a mapping", "nested deeper than 32", true)]
    [InlineData("quotes without end", "", true)]
    public async Task Yaml_that_explodes_is_refused_with_its_place(string what, string why, bool keptAsConfig = false)
    {
        var yaml = what switch
        {
            "aliases" => "a: &a [x,x,x,x,x,x,x,x,x]\n" + string.Concat(Enumerable.Range(1, 20).Select(i => $"{(char)('a' + i)}: &{(char)('a' + i)} [{string.Join(',', Enumerable.Repeat("*" + (char)('a' + i - 1), 9))}]\n")),
            "depth" => string.Concat(Enumerable.Repeat("{a: ", 20_000)),
            "keys" => string.Concat(Enumerable.Range(0, 60_000).Select(i => $"k{i}: {i}\n")),
            "many documents" => string.Concat(Enumerable.Repeat("---\na: b\n", 10_000)),
            "texts that double" => Document("a0: xxxxxxxx", Enumerable.Range(1, 40).Select(i => $"a{i}: \"${{params.a{i - 1}}}${{params.a{i - 1}}}\"")),
            "one text everywhere" => Document("a: " + new string('x', 500_000), Enumerable.Range(1, 1900).Select(i => $"a{i}: \"${{params.a}}\"")),
            "a reference to a reference" => Document("end: 1", Enumerable.Range(0, 10).Select(m => $"m{m}: {{ {string.Join(", ", Enumerable.Range(0, 1900).Select(k => $"k{k}: \"${{params.{(k < 1899 ? $"m{m}.k{k + 1}" : m < 9 ? $"m{m + 1}.k0" : "end")}}}\""))} }}")),
            "a mapping in a mapping" => Document("a0: { x: 1 }", Enumerable.Range(1, 60).Select(i => $"a{i}: {{ x: \"${{params.a{i - 1}}}\" }}")),
            "quotes without end" => Document("a: \"${a" + new string('\'', 900_000) + "\"", []),
            _ => "name: x\nparams: { a: \"" + string.Concat(Enumerable.Repeat("${", 100_000)) + "\" }\nsteps: {}\n",
        };

        foreach (var path in new[] { "/api/v1/pipelines/hostile", "/api/v1/configs/data/hostile" })
        {
            if (keptAsConfig && path.Contains("configs", StringComparison.Ordinal)) continue; // as a text; what it means is for the pipeline to say
            await RefusedAsync(HttpMethod.Put, path, "application/yaml", Encoding.UTF8.GetBytes(yaml), why);
        }
    }

    [Theory]
    [InlineData("texts that double", "KiB of text")]
    [InlineData("a reference to a reference", "lead from one to the next")]
    [InlineData("a deep path", "nested deeper than 32")]
    [InlineData("a circle on the way", "leads in a circle")]
    [InlineData("mappings that double", "too large")]
    public async Task Override_that_explodes_is_refused_by_compose(string what, string why)
    {
        const string Yaml = "name: calm\nparams: { a: { x: 1 }, b: 1, c: 1, d: \"${params.b}\" }\nsteps: { ingest: { component: ingest, with: { dataset: d } } }\n";
        using var put = await SendAsync(HttpMethod.Put, "/api/v1/pipelines/calm", "application/yaml", Text(Yaml));
        ((int)put.StatusCode).ShouldBeInRange(200, 201);
        string[] overrides = what switch
        {
            "texts that double" => ["+params.a0=xxxxxxxx", .. Enumerable.Range(1, 60).Select(i => $"+params.a{i}='${{params.a{i - 1}}}${{params.a{i - 1}}}'")],
            "a reference to a reference" => [.. Enumerable.Range(0, 90).Select(m => $"+params.m{m}={{{string.Join(",", Enumerable.Range(0, 200).Select(k => $"k{k}:'${{params.{(k < 199 ? $"m{m}.k{k + 1}" : m < 89 ? $"m{m + 1}.k0" : "b")}}}'"))}}}")],
            "a deep path" => ["+params." + string.Join('.', Enumerable.Repeat("a", 4000)) + "=1"],
            "a circle on the way" => ["params.b='${params.c}'", "params.c='${params.b}'", "params.d.x=1"],
            _ => [.. Enumerable.Range(1, 30).Select(i => $"+params.m{i}={{p:'${{params.{(i == 1 ? "a" : $"m{i - 1}")}}}',q:'${{params.{(i == 1 ? "a" : $"m{i - 1}")}}}'}}"), .. Enumerable.Range(1, 30).SelectMany(i => new[] { $"++params.m{i}.p.z=1", $"++params.m{i}.q.z=1" })],
        };
        using var watch = new PortalWatch(portal);

        using var answer = await portal.As("vera", Role.Viewer).PostAsJsonAsync("/api/v1/pipelines/calm/compose", new { overrides }, Stop);

        (await answer.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity)).GetProperty("detail").GetString()!.ShouldContain(why);
        await watch.ShouldBeCalmAsync();
    }

    [Theory]
    [InlineData("a foreign operator", "acme.ops")]
    [InlineData("random bytes", "not an ONNX model")]
    [InlineData("half a model", "model")]
    [InlineData("lengths that lie", "not an ONNX model")]
    [InlineData("400 GB of floats", "does not run")]
    [InlineData("an input of 2^40", "too large")]
    [InlineData("a shape that overflows", "does not run")]
    [InlineData("weights in /etc/passwd", "another file")]
    public async Task Model_that_means_harm_is_refused_with_what_is_wrong(string what, string why)
    {
        var model = what switch
        {
            "a foreign operator" => Onnx.Foreign(),
            "random bytes" => RandomBytes(),
            "half a model" => Onnx.Echo()[..20],
            "lengths that lie" => [0x08, 0x08, 0x3A, 0xFF, 0xFF, 0xFF, 0xFF, 0x07, 0x00],
            "an input of 2^40" => Written(new("Identity", ["x"], ["y"], []), columns: 1L << 40),
            "weights in /etc/passwd" => Outside("/etc/passwd"),
            "a shape that overflows" => Sized(long.MaxValue, long.MaxValue),
            _ => Sized(100_000_000_000),
        };
        using var watch = new PortalWatch(portal);
        using var form = Onnx.Form(model);

        using var answer = await portal.As("eva", Role.Engineer).PostAsync("/api/v1/models/hostile/versions", form, Stop);

        (await answer.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity)).GetProperty("detail").GetString()!.ShouldContain(why);
        await watch.ShouldBeCalmAsync();
        await (await portal.As("eva", Role.Engineer).GetAsync("/api/v1/models/hostile", Stop)).ShouldBeProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Json_of_10_MB_nested_10000_deep_is_refused_everywhere()
    {
        var deep = "{\"inputs\":" + new string('[', 10_000) + new string(' ', 10_000_000) + new string(']', 10_000) + "}";
        foreach (var (method, path) in new[]
                 {
                     (HttpMethod.Post, "/api/v1/people"), (HttpMethod.Post, "/api/v1/feedback"), (HttpMethod.Post, "/api/v1/models/x/versions/1/what-if"), (HttpMethod.Put, "/api/v1/views/x"),
                     (HttpMethod.Post, "/api/v1/agents/x/decide"), (HttpMethod.Post, "/v2/models/x/infer"),
                 })
        {
            using var watch = new PortalWatch(portal);
            using var answer = await SendAsync(method, path, "application/json", Encoding.UTF8.GetBytes(deep), portal.Bootstrap());
            ((int)answer.StatusCode).ShouldBeInRange(400, 499, path);
            await watch.ShouldBeCalmAsync();
        }
    }

    [Fact]
    [Trait("Length", "Long")]
    public async Task Line_of_2_GB_is_refused()
    {
        using var watch = new PortalWatch(portal);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/datasets/hostile/versions") { Content = new EndlessLine(2L << 30) };
        request.Content.Headers.ContentType = new("text/csv");
        using var answer = await portal.As("eva", Role.Engineer).SendAsync(request, Stop);

        (await answer.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity)).GetProperty("detail").GetString()!.ShouldContain("longer than 16 MiB");
        await watch.ShouldBeCalmAsync();
    }

    private async Task RefusedAsync(HttpMethod method, string path, string type, byte[] body, string why)
    {
        using var watch = new PortalWatch(portal);
        using var answer = await SendAsync(method, path, type, body);
        var problem = await answer.ShouldBeProblemAsync(answer.StatusCode);
        answer.StatusCode.ShouldBeOneOf(HttpStatusCode.UnprocessableEntity, HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.BadRequest);
        problem.GetProperty("detail").GetString()!.ShouldContain(why, Case.Insensitive);
        await watch.ShouldBeCalmAsync();
        await (await portal.As("eva", Role.Engineer).GetAsync(path, Stop)).ShouldBeProblemAsync(HttpStatusCode.NotFound);
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string type, byte[] body, HttpClient? client = null) =>
        (client ?? portal.As("eva", Role.Engineer)).SendAsync(
            new(method, path) { Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(type) } } }, Stop);

    private static string Document(string first, IEnumerable<string> rest) =>
        $"name: hostile\nparams:\n  {first}\n{string.Concat(rest.Select(line => $"  {line}\n"))}steps: {{ ingest: {{ component: ingest, with: {{ dataset: d }} }} }}\n";

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] RandomBytes()
    {
        var bytes = new byte[4096];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Sized(params long[] size) => Written(
        [new("ConstantOfShape", ["size"], ["large"], []), new("ReduceSum", ["large"], ["sum"], [new("keepdims", 0L)]), new("Add", ["x", "sum"], ["y"], [])], [OnnxTensor.Of("size", size, size.Length)]);

    /// <summary>A sound model, and one more field of its graph: TensorProto { name: "w", external_data: { location: path }, data_location: EXTERNAL }.</summary>
    private static byte[] Outside(string path)
    {
        byte[] entry = [0x0A, 8, .. "location"u8, 0x12, (byte)path.Length, .. Encoding.UTF8.GetBytes(path)];
        byte[] tensor = [0x08, 1, 0x10, 1, 0x42, 1, (byte)'w', 0x6A, (byte)entry.Length, .. entry, 0x70, 1];
        byte[] graph = [0x2A, (byte)tensor.Length, .. tensor, 0x0A, 18, 0x0A, 1, (byte)'w', 0x12, 1, (byte)'y', 0x22, 8, .. "Identity"u8, 0x3A, 0, 0x62, 3, 0x0A, 1, (byte)'y'];
        return [0x08, 9, 0x3A, (byte)graph.Length, .. graph, 0x42, 2, 0x10, 20];
    }

    private static byte[] Written(OnnxNode node, long columns) => Written([node], [], columns);

    private static byte[] Written(OnnxNode[] nodes, OnnxTensor[] constants, long columns = 1) => OnnxWriter.Write(new(
        new("g", nodes, constants, [new("x", OnnxElement.Float, [-1, columns])], [new("y", OnnxElement.Float, [-1, columns])]), Opsets, new Dictionary<string, string>()));

    private static byte[] Parquet(string select)
    {
        var path = Path.Combine(Path.GetTempPath(), $"nexus-{Guid.NewGuid():N}.parquet");
        try
        {
            using var connection = new DuckDBConnection("Data Source=:memory:");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"COPY ({select}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)";
            command.ExecuteNonQuery();
            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private sealed class EndlessLine(long bytes) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var piece = Encoding.ASCII.GetBytes(new string('x', 1 << 20));
            await stream.WriteAsync("a\n"u8.ToArray());
            for (var sent = 0L; sent < bytes; sent += piece.Length) await stream.WriteAsync(piece);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
