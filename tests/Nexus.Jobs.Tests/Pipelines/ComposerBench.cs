using Nexus.Jobs.Pipelines;
using Nexus.Jobs.Pipelines.Documents;

namespace Nexus.Jobs.Tests.Pipelines;

/// <summary>A composer that knows four fake components.</summary>
internal static class ComposerBench
{
    public const string Yaml = """
        name: demo
        params: { target: class, leaves: 31, nested: { deep: 2.5 } }
        steps:
          ingest: { component: ingest, with: { dataset: elec2 } }
          check: { component: check, inputs: { data: ingest } }
          train:
            component: train
            inputs: { data: check }
            with: { mode: fast, features: [a, b], params: { leaves: "${params.leaves}", learningRate: 0.1 } }
          report: { component: report, inputs: { model: train, data: check } }
        """;

    public static ComponentCatalog Catalog { get; } = new([
        new FakeComponent("ingest"),
        new FakeComponent("check") { Inputs = new Dictionary<string, string> { ["data"] = StepKinds.Table }, OutputKind = null },
        new FakeComponent("train") { Inputs = new Dictionary<string, string> { ["data"] = StepKinds.Table }, OutputKind = StepKinds.Model },
        new FakeComponent("report")
        {
            Inputs = new Dictionary<string, string> { ["model"] = StepKinds.Model, ["data?"] = StepKinds.Table },
            OutputKind = StepKinds.Report,
        },
    ]);

    public static PipelineComposer Composer { get; } = new(Catalog);

    public static Task<PipelineDocument> ComposeAsync(string yaml, params string[] overrides) =>
        Composer.ComposeAsync(yaml, overrides, null, CancellationToken.None);

    public static async Task<IReadOnlyList<PipelineProblem>> ProblemsAsync(string yaml, params string[] overrides) =>
        (await Composer.TryAsync(yaml, overrides, null, CancellationToken.None)).Problems;
}
