using Microsoft.Extensions.DependencyInjection;
using Nexus.Jobs.Pipelines;

namespace Nexus.Jobs.Tests.Pipelines;

/// <summary>A pipeline with three branches between its beginning and its end.</summary>
internal static class WideRun
{
    public const string Yaml = """
        name: demo
        steps:
          ingest: { component: first }
          left: { component: second, inputs: { data: ingest }, with: { value: 1 } }
          middle: { component: second, inputs: { data: ingest }, with: { value: 2 } }
          right: { component: second, inputs: { data: ingest }, with: { value: 3 } }
          push: { component: third, inputs: { model: left } }
        """;

    public static readonly string[] Branches = ["left", "middle", "right"];

    public static Task<EngineBench> StartAsync(int atOnce, string yaml = Yaml) =>
        EngineBench.StartAsync(yaml, services => services.Configure<JobsOptions>(o => o.StepsAtOnce = atOnce));

    public static async Task UntilAsync(Func<Task<bool>> seen, EngineBench bench)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await seen())
        {
            bench.Time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Delay(10, patience.Token);
        }
    }
}
