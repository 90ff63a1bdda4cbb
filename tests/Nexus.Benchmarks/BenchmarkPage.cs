using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Nexus.EndToEnd.Tests;

namespace Nexus.Benchmarks;

/// <summary><c>docs/benchmarks.md</c>: a part each between its own marks, so that one can be measured anew and the others stay.</summary>
internal static class BenchmarkPage
{
    private const string Head = """
        # Benchmarks

        Written by `tests/Nexus.Benchmarks`; each part says when and where it was measured. Compare the ratios: absolute figures are the
        machine's, and what else it did then takes from both sides.

        ```
        dotnet build Nexus.Portal.sln -c Release
        dotnet run -c Release --no-build --project tests/Nexus.Benchmarks                 # all parts
        dotnet run -c Release --no-build --project tests/Nexus.Benchmarks -- --only import  # one: requests, import, start, writes, growth
        ```

        Single rows are not gathered into batches: one call of the model with one row takes 3 to 6 µs of about 25 that a request
        costs, and a batch would have to wait for its second row. What a batch saves is in the rows of `infer, 64 rows`, for callers who have them.

        """;

    public static async Task ReplaceAsync(BenchmarkPart part, string measured, TimeProvider time)
    {
        var path = Repository.PathOf("docs", "benchmarks.md");
        var (begin, end) = ($"<!-- {part.Name} -->", $"<!-- end of {part.Name} -->");
        var section = new StringBuilder().AppendLine(begin).AppendLine().AppendLine(CultureInfo.InvariantCulture, $"## {part.Title}").AppendLine()
            .AppendLine(measured.TrimEnd()).AppendLine().AppendLine(await WhereAsync(time)).AppendLine().Append(end).ToString();
        Console.WriteLine(section);
        var page = File.Exists(path) ? await File.ReadAllTextAsync(path) : "";
        if (!page.Contains("<!-- ", StringComparison.Ordinal)) page = Head;
        var (from, to) = (page.IndexOf(begin, StringComparison.Ordinal), page.IndexOf(end, StringComparison.Ordinal));
        page = from >= 0 && to > from ? page[..from] + section + page[(to + end.Length)..] : page.TrimEnd() + "\n\n" + section + "\n";
        await File.WriteAllTextAsync(path, page);
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
