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
    private const int Rounds = 4;

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
        var sides = (Ours: new Side(portal.Address, portal.ProcessId, portal), Floor: new Side(bare, process.Id, null));
        try
        {
            var lines = new List<string>();
            foreach (var (name, path, body) in Requests())
            {
                await Load.RunAsync(portal.Address, path, body, PortalProcess.BootstrapKey, 16, FirstWarmUp);
                foreach (var connections in new[] { 1, 16, 64 }) lines.Add(await CompareAsync(sides.Ours, sides.Floor, name, path, body, connections, seconds));
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

    private static async Task<string> CompareAsync(Side portal, Side bare, string name, string path, string body, int connections, int seconds)
    {
        var (ours, floor) = (new List<Side.Turn>(), new List<Side.Turn>());
        await portal.RunAsync(path, body, connections, WarmUp);
        await bare.RunAsync(path, body, connections, WarmUp);
        for (var round = 0; round < Rounds; round++)
        {
            // Whoever comes second finds the machine as the first has left it; so each is second as often.
            if (round % 2 == 0) floor.Add(await bare.RunAsync(path, body, connections, seconds));
            ours.Add(await portal.RunAsync(path, body, connections, seconds));
            if (round % 2 != 0) floor.Add(await bare.RunAsync(path, body, connections, seconds));
        }

        var ratio = Median(ours.Zip(floor, (o, f) => o.Measured.RequestsPerSecond / f.Measured.RequestsPerSecond));
        var line = string.Create(CultureInfo.InvariantCulture, $"| {name}, {connections} connections | {Cells(ours)} | {Median(ours.Select(o => (double)o.Drained)):N0} | {Cells(floor)} | {ratio:0.00} |");
        Console.WriteLine(line);
        return line;
    }

    private static string Cells(List<Side.Turn> turns) => string.Create(CultureInfo.InvariantCulture,
        $"{Median(turns.Select(t => t.Measured.RequestsPerSecond)):N0} | {Median(turns.Select(t => t.Measured.P50)):0.00} / {Median(turns.Select(t => t.Measured.P99)):0.0} | {Median(turns.Select(t => t.Microseconds)):0.0}");

    private static double Median(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
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
        .AppendLine("and against a bare Kestrel endpoint over the same ONNX Runtime session with its tensors bound once for each thread. The model: 100 trees of")
        .AppendLine("31 leaves, 7 features. `decide` takes one row; 64 rows in one request are `infer`'s alone. The load generator works on the same cores.")
        .AppendLine()
        .AppendLine("| | portal, requests/s | p50 / p99 ms | CPU µs a request | rows drained | bare, requests/s | p50 / p99 ms | CPU µs a request | ratio of requests/s |")
        .AppendLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
        .AppendJoin('\n', lines).AppendLine().AppendLine()
        .AppendLine(CultureInfo.InvariantCulture, $"Medians of {Rounds} rounds of {seconds} s, the ratio's of the ratio in each round; the two sides in turns, either first as often; closed loop by wrk, one thread, on")
        .Append("loopback. The next turn begins when the portal's journal is drained. CPU is the process's, user and system; the portal's with the draining after the round.")
        .ToString();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
