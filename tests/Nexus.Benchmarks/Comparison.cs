using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Nexus.EndToEnd.Tests;

namespace Nexus.Benchmarks;

/// <summary>The portal and the bare endpoint with the same model, the two in turns, and what came of it as a table.</summary>
internal static class Comparison
{
    public const string DecidePath = "/api/v1/agents/forest/decide";
    private const int Rounds = 3;

    // Seconds; the runtime compiles what is hot once more, on the same cores.
    private const int FirstWarmUp = 10;
    private const int WarmUp = 2;

    public static string DecideBody { get; } = $$"""{"inputs": {{{string.Join(", ", Forest.Features.Select((f, i) => $"\"{f}\": {Value(i, 0)}"))}}} }""";

    public static async Task<string> RunAsync(int seconds)
    {
        await using var portal = await PortalProcess.StartAsync("Production", new() { ["Nexus__Limits__RequestsPerSecond"] = "1000000" });
        var model = Path.Combine(portal.DataDirectory, "forest.onnx");
        await File.WriteAllBytesAsync(model, Forest.Onnx());
        await Stage.ServeAsync(portal, model);
        var bare = new Uri($"http://127.0.0.1:{FreePort()}");
        using var process = StartBare(model, bare.Port);
        try
        {
            var lines = new List<string>();
            foreach (var (name, path, body) in Requests())
            {
                await Load.RunAsync(portal.Address, path, body, PortalProcess.BootstrapKey, 16, FirstWarmUp);
                foreach (var connections in new[] { 1, 16, 64 }) lines.Add(await CompareAsync(portal, bare, name, path, body, connections, seconds));
            }

            return Page(lines, seconds);
        }
        finally
        {
            process.Kill();
        }
    }

    private static IEnumerable<(string Name, string Path, string Body)> Requests()
    {
        yield return ("decide, 1 row", DecidePath, DecideBody);
        yield return ("infer, 1 row", "/v2/models/forest/infer", Infer(1));
        yield return ("infer, 64 rows", "/v2/models/forest/infer", Infer(64));
    }

    private static string Infer(int rows)
    {
        var tensors = Forest.Features.Select((f, i) =>
            $$"""{"name": "{{f}}", "shape": [{{rows}}, 1], "datatype": "FP32", "data": [{{string.Join(", ", Enumerable.Range(0, rows).Select(row => Value(i, row)))}}] }""");
        return $$"""{"inputs": [{{string.Join(", ", tensors)}}] }""";
    }

    private static string Value(int feature, int row) => (((feature * 7) + (row * 13)) % 100 / 100.0).ToString("0.000001", CultureInfo.InvariantCulture);

    private static async Task<string> CompareAsync(PortalProcess portal, Uri bare, string name, string path, string body, int connections, int seconds)
    {
        var (ours, floor) = (new List<Measured>(), new List<Measured>());
        await Load.RunAsync(portal.Address, path, body, PortalProcess.BootstrapKey, connections, WarmUp);
        await Load.RunAsync(bare, path, body, null, connections, WarmUp);
        for (var round = 0; round < Rounds; round++)
        {
            floor.Add(await Load.RunAsync(bare, path, body, null, connections, seconds));
            ours.Add(await Load.RunAsync(portal.Address, path, body, PortalProcess.BootstrapKey, connections, seconds));
        }

        var (p, b) = (Measured.Median(ours), Measured.Median(floor));
        var line = string.Create(CultureInfo.InvariantCulture,
            $"| {name}, {connections} connections | {p.RequestsPerSecond:N0} | {p.P50:0.00} / {p.P99:0.0} | {b.RequestsPerSecond:N0} | {b.P50:0.00} / {b.P99:0.0} | {p.RequestsPerSecond / b.RequestsPerSecond:0.00} |");
        Console.WriteLine(line);
        return line;
    }

    private static Process StartBare(string model, int port)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(Comparison).Assembly.Location);
        foreach (var argument in new[] { "bare", model, port.ToString(CultureInfo.InvariantCulture) }) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    private static string Page(List<string> lines, int seconds) => new StringBuilder()
        .AppendLine("How much of the machine the portal leaves to the model: the same requests to `decide` and to `infer` of the Open Inference Protocol,")
        .AppendLine("against the portal (keys checked, limits, roles, metrics, journal written before each answer and drained into the database meanwhile)")
        .AppendLine("and against a bare Kestrel endpoint over the same ONNX Runtime session with its tensors bound once. The model: 100 trees of")
        .AppendLine("31 leaves, 7 features. The load generator works on the same cores.")
        .AppendLine()
        .AppendLine("| | portal, requests/s | p50 / p99 ms | bare, requests/s | p50 / p99 ms | ratio |")
        .AppendLine("| --- | --- | --- | --- | --- | --- |")
        .AppendJoin('\n', lines).AppendLine().AppendLine()
        .Append(CultureInfo.InvariantCulture, $"Medians of {Rounds} rounds of {seconds} s; both sides in the same run, in turns; closed loop by wrk, one thread, on loopback.")
        .ToString();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
