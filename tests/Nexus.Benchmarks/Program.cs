using System.Globalization;
using Nexus.Benchmarks;

// bare MODEL PORT and duckdb FILE PARQUET: what the portal is compared with, each in a process of its own. Otherwise
// [--only NAME] [--seconds N]: all parts, or one; each replaces its own part of docs/benchmarks.md.
switch (args)
{
    case ["bare", var model, var port]:
        await Bare.RunAsync(model, port);
        return 0;
    case ["duckdb", var file, var parquet]:
        await ImportPart.AloneAsync(file, parquet);
        return 0;
}

var options = args.Chunk(2).ToDictionary(pair => pair[0], pair => pair.Length == 2 ? pair[1] : "");
var seconds = options.TryGetValue("--seconds", out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given > 0 ? given : 5;
var parts = BenchmarkPart.All.Where(p => !options.TryGetValue("--only", out var only) || p.Name == only).ToList();
if (parts.Count == 0 || options.Keys.Except(["--only", "--seconds"]).Any())
{
    await Console.Error.WriteLineAsync($"--only NAME: one of {string.Join(", ", BenchmarkPart.All.Select(p => p.Name))}. --seconds N: how long each round of requests takes; 5 where nothing is said.");
    return 1;
}

foreach (var part in parts) await BenchmarkPage.ReplaceAsync(part, await part.RunAsync(seconds), TimeProvider.System);
return 0;
