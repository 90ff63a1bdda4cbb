using System.Diagnostics;
using Nexus.EndToEnd.Tests;
using Nexus.EndToEnd.Tests.Nodes;

namespace Nexus.Benchmarks;

/// <summary>Forty runs asked for at one web node, done by one job node and by up to four over one PostgreSQL.</summary>
internal static class NodesPart
{
    private const int Runs = 40;
    private const int MostNodes = 4;

    public static async Task<string> RunAsync()
    {
        await using var cluster = await Cluster.StartAsync();
        var web = (await cluster.AddAsync("web"))[0];
        await web.Http.UploadCsvAsync("small", Stories.SmallCsv(1));
        await web.Http.PutYamlAsync("/api/v1/pipelines/small", Stories.SmallPipeline);
        var (lines, first) = (new List<string>(), 0.0);
        for (var nodes = 1; nodes <= MostNodes; nodes++)
        {
            await cluster.AddAsync("jobs");
            await WorkAsync(web, 4, nodes * 10_000); // the new node compiles what is hot
            var seconds = await WorkAsync(web, Runs, (nodes * 10_000) + 1000);
            if (nodes == 1) first = seconds;
            lines.Add(Lines.Row($"{nodes} job node{(nodes == 1 ? "" : "s")}, {Runs} runs", Lines.Number(seconds, "0.0"), Lines.Number(Runs / seconds, "0.0"), Lines.Number(first / seconds, "0.00")));
        }

        return string.Join('\n', [
            Lines.Head("one web node, PostgreSQL, Redis, all on this machine", "seconds", "runs/s", "times one node"), .. lines,
            "", $"From the first request until the last run has succeeded: five steps each, of which train, evaluate and push are worked out anew. With {Environment.ProcessorCount} cores for all of it, nodes beyond them have nothing to compute with."]);
    }

    /// <param name="seed">Each run trains with its own, so that none is answered from what another has made.</param>
    private static async Task<double> WorkAsync(PortalProcess web, int runs, int seed)
    {
        var watch = Stopwatch.StartNew();
        var ids = new List<string>(runs);
        for (var i = 0; i < runs; i++)
            ids.Add((await web.Http.PostJsonAsync("/api/v1/pipelines/small/runs", new { overrides = new[] { $"train.seed={seed + i}" } })).Text("id"));
        foreach (var id in ids)
        {
            var done = await web.Http.UntilAsync($"/api/v1/runs/{id}", r => r.Text("status") is not ("Queued" or "Running"), 600);
            if (done.Text("status") != "Succeeded") throw new InvalidOperationException(done.ToString());
        }

        return watch.Elapsed.TotalSeconds;
    }
}
