namespace Nexus.Benchmarks;

/// <summary>One part of the page, which can be measured alone.</summary>
/// <param name="Name">As <c>--only</c> takes it.</param>
/// <param name="Run">Measures, and answers Markdown; the number is how many seconds a round of requests takes.</param>
internal sealed record BenchmarkPart(string Name, string Title, Func<int, Task<string>> Run)
{
    public static IReadOnlyList<BenchmarkPart> All { get; } =
    [
        new("requests", "Requests", Comparison.RunAsync),
        new("batches", "Batches", _ => BatchesPart.RunAsync()),
        new("import", "Import", _ => ImportPart.RunAsync()),
        new("drift", "Drift", _ => DriftPart.RunAsync()),
        new("writes", "Ledger", _ => WritesPart.RunAsync()),
        new("metrics", "Metrics", _ => MetricsPart.RunAsync()),
        new("nodes", "Nodes", _ => NodesPart.RunAsync()),
        new("start", "Start and memory", StartPart.RunAsync),
        new("growth", "Growth", _ => GrowthPart.RunAsync()),
    ];

    public Task<string> RunAsync(int seconds) => Run(seconds);
}
