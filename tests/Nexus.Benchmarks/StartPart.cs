using System.Diagnostics;
using Nexus.EndToEnd.Tests;

namespace Nexus.Benchmarks;

/// <summary>From the process's start to readiness, and what lies in memory idle and under load.</summary>
internal static class StartPart
{
    public static async Task<string> RunAsync(int seconds)
    {
        var first = Stopwatch.StartNew();
        await using var portal = await PortalProcess.StartAsync("Production", new() { ["Nexus__Limits__RequestsPerSecond"] = "1000000" });
        var made = first.Elapsed;
        await portal.StopAsync();
        var again = Stopwatch.StartNew();
        await portal.StartAgainAsync();
        var started = again.Elapsed;
        await Task.Delay(TimeSpan.FromSeconds(5));
        var idle = portal.ResidentBytes();
        var model = Path.Combine(portal.DataDirectory, "forest.onnx");
        await File.WriteAllBytesAsync(model, Forest.Onnx());
        await Stage.ServeAsync(portal, model);
        await Load.RunAsync(portal.Address, Comparison.DecidePath, Comparison.DecideBody, PortalProcess.BootstrapKey, 64, seconds * 2);
        var loaded = portal.ResidentBytes();
        return string.Join('\n',
            Lines.Head("", "figure"),
            Lines.Row("first start with an empty folder, to ready (database made)", $"{Lines.Number(made.TotalSeconds, "0.0")} s"),
            Lines.Row("start, to ready", $"{Lines.Number(started.TotalSeconds, "0.0")} s"),
            Lines.Row("memory, idle", $"{Lines.Number(idle / 1e6)} MB"),
            Lines.Row($"memory after {seconds * 2} s of decide on 64 connections", $"{Lines.Number(loaded / 1e6)} MB"));
    }
}
