using System.Globalization;
using System.Runtime.InteropServices;
using Nexus.EndToEnd.Tests;

namespace Nexus.Benchmarks;

/// <summary><c>docs/benchmarks.md</c>: a part each between its own marks, so that one can be measured anew and the others stay.</summary>
internal static class BenchmarkPage
{
    private static readonly string Head = $"""
        # Benchmarks

        Written by `tests/Nexus.Benchmarks`; each part says when and where it was measured. Compare the ratios: absolute figures are the
        machine's, and what else it did then takes from both sides.

        ```
        dotnet build Nexus.Portal.sln -c Release
        dotnet run -c Release --no-build --project tests/Nexus.Benchmarks                 # all parts
        dotnet run -c Release --no-build --project tests/Nexus.Benchmarks -- --only import  # one: {string.Join(", ", BenchmarkPart.All.Select(p => p.Name))}
        ```

        Single rows are not gathered into batches; what that would save is under [Batches](#batches).

        """;

    public static async Task ReplaceAsync(BenchmarkPart part, string measured, TimeProvider time)
    {
        var path = Repository.PathOf("docs", "benchmarks.md");
        var where = await WhereAsync(time);
        var section = $"{Begin(part)}\n\n## {part.Title}\n\n{measured.TrimEnd()}\n\n{where}\n\n{End(part)}\n";
        Console.WriteLine(section);
        var page = File.Exists(path) ? await File.ReadAllTextAsync(path) : "";
        var parts = BenchmarkPart.All.Select(p => p == part ? section : SectionOf(page, p)).OfType<string>();
        await File.WriteAllTextAsync(path, $"{Head}\n{string.Join('\n', parts)}");
    }

    private static string Begin(BenchmarkPart part) => $"<!-- {part.Name} -->";

    private static string End(BenchmarkPart part) => $"<!-- end of {part.Name} -->";

    private static string? SectionOf(string page, BenchmarkPart part)
    {
        var (from, to) = (page.IndexOf(Begin(part), StringComparison.Ordinal), page.IndexOf(End(part), StringComparison.Ordinal));
        return from >= 0 && to > from ? page[from..(to + End(part).Length)] + "\n" : null;
    }

    private static async Task<string> WhereAsync(TimeProvider time)
    {
        var (processor, load) = (await ProcessorAsync(), await LoadAsync());
        return string.Create(CultureInfo.InvariantCulture,
            $"{time.GetUtcNow():yyyy-MM-dd HH:mm} UTC, {Environment.ProcessorCount} cores ({processor}), {RuntimeInformation.OSDescription}, .NET {Environment.Version}; load average {load} at the end.");
    }

    private static async Task<string> LoadAsync() =>
        !File.Exists("/proc/loadavg") ? "not told" : string.Join(", ", (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ').Take(3));

    private static async Task<string> ProcessorAsync() =>
        !File.Exists("/proc/cpuinfo") ? RuntimeInformation.ProcessArchitecture.ToString()
            : (await File.ReadAllLinesAsync("/proc/cpuinfo")).First(l => l.StartsWith("model name", StringComparison.Ordinal)).Split(": ")[1];
}
