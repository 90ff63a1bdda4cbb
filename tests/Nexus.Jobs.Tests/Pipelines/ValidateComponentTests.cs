using System.Text;
using System.Text.Json;
using Nexus.Data.Datasets;
using Nexus.Data.Pipelines;
using Nexus.Jobs.Pipelines;
using Nexus.Jobs.Pipelines.Components;
using Shouldly;
using Xunit;

namespace Nexus.Jobs.Tests.Pipelines;

public sealed class ValidateComponentTests
{
    private const string Yaml = """
        steps:
          ingest: { component: ingest, with: { dataset: d } }
          validate: { component: validate, inputs: { data: ingest }, with: { failOn: error } }
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task First_version_passes_and_says_that_there_is_nothing_to_compare_with()
    {
        var run = await RunAsync([], Csv(100));

        run.Summary.Status.ShouldBe(RunStatus.Succeeded, run.Summary.Error);
        var facts = run.Steps[1].Output!["facts"]!;
        facts["against"].ShouldBeNull();
        facts["anomalies"]!.AsArray().ShouldBeEmpty();
        facts["dataset"]!.GetValue<string>().ShouldBe("d@1");
    }

    [Fact]
    public async Task Like_version_has_no_anomalies()
    {
        var run = await RunAsync([], Csv(1000), Csv(990));

        run.Summary.Status.ShouldBe(RunStatus.Succeeded, run.Summary.Error);
        run.Steps[1].Output!["facts"]!["against"]!.GetValue<string>().ShouldBe("d@1");
        Kinds(run).ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_kind_of_anomaly_is_found_with_its_severity()
    {
        var run = await RunAsync(
            ["validate.failOn=never"],
            Csv(1000),
            Csv(400, header: "n,c,extra,m,t", row: i => $"{(i % 20) + 500},{(i % 2 == 0 ? "purple" : "a")},1,{(i % 4 == 0 ? "" : "1")},x{i}"));

        run.Summary.Status.ShouldBe(RunStatus.Succeeded, run.Summary.Error);
        Kinds(run).ShouldBe(
            [
                "c COMPARATOR_L_INFTY_HIGH warning", "c ENUM_TYPE_UNEXPECTED_STRING_VALUES error", "extra SCHEMA_NEW_COLUMN warning",
                "gone SCHEMA_MISSING_COLUMN error", "m FEATURE_TYPE_LOW_FRACTION_PRESENT error",
                "n COMPARATOR_JENSEN_SHANNON_DIVERGENCE_HIGH warning", "n INT_TYPE_BIG_INT warning", "t UNEXPECTED_DATA_TYPE error", "table DATASET_LOW_NUM_EXAMPLES warning",
            ]);
    }

    [Fact]
    public async Task Error_fails_the_step_with_the_figures()
    {
        var run = await RunAsync([], Csv(100), Csv(100, header: "n,c,m,t,more"));

        run.Summary.Status.ShouldBe(RunStatus.Failed);
        run.Summary.Error.ShouldBe("validate: SCHEMA_MISSING_COLUMN: 'gone' (integer) is in the reference but not here.");
    }

    [Fact]
    public async Task Warning_fails_the_step_only_where_it_is_asked_to()
    {
        var extra = Csv(100, header: "n,c,gone,m,t,extra", row: i => $"{i % 50},{(i % 3 == 0 ? "a" : "b")},{i % 7},1,{i},1");

        (await RunAsync([], Csv(100), extra)).Summary.Status.ShouldBe(RunStatus.Succeeded);
        (await RunAsync(["validate.failOn=warning"], Csv(100), extra)).Summary.Error.ShouldNotBeNull().ShouldContain("SCHEMA_NEW_COLUMN");
    }

    [Fact]
    public async Task Named_reference_is_used_and_a_missing_one_refused()
    {
        (await RunAsync(["validate.against=d@1"], Csv(100), Csv(101), Csv(102))).Steps[1].Output!["facts"]!["against"]!.GetValue<string>().ShouldBe("d@1");
        (await RunAsync(["validate.against=d@9"], Csv(100))).Summary.Error.ShouldBe("validate: There is no dataset 'd@9' to compare with.");
        (await RunAsync(["validate.against=training", "validate.model=m"], Csv(100))).Summary.Status.ShouldBe(RunStatus.Succeeded);
    }

    [Theory]
    [InlineData(new long[] { 5, 5 }, new long[] { 50, 50 }, 0)]
    [InlineData(new long[] { 1, 0 }, new long[] { 0, 1 }, 0.69314718055994529)]
    [InlineData(new long[] { 1, 1 }, new long[] { 1, 3 }, 0.033822075568605004)]
    public void Jensen_Shannon_has_known_values(long[] p, long[] q, double expected) =>
        TableValidator.JensenShannon(p, q).ShouldBe(expected, 1e-12);

    private static string Csv(int rows, string header = "n,c,gone,m,t", Func<int, string>? row = null)
    {
        row ??= i => $"{i % 50},{(i % 3 == 0 ? "a" : "b")},{i % 7},1,{i}";
        return new StringBuilder(header).Append('\n').AppendJoin('\n', Enumerable.Range(0, rows).Select(row)).Append('\n').ToString();
    }

    private static IEnumerable<string> Kinds(RunDetail run) => run.Steps[1].Output!["facts"]!["anomalies"].Deserialize<Anomaly[]>(Data.CanonicalJson.Options)!
        .Select(a => $"{a.Column ?? "table"} {a.Kind} {a.Severity}").Order(StringComparer.Ordinal);

    private static async Task<RunDetail> RunAsync(string[] overrides, params string[] versions)
    {
        await using var portal = await TestPortal.StartAsync(configure: EngineBench.WithoutQueue);
        foreach (var csv in versions)
        {
            using var content = new MemoryStream(Encoding.UTF8.GetBytes(csv));
            await portal.Get<DatasetService>().ImportAsync("d", content, ImportFormats.Csv, "d.csv", null, TestPortal.Engineer, Stop);
        }

        await portal.Get<PipelineService>().PutAsync("p", Yaml, TestPortal.Engineer, Stop);
        var id = await portal.Get<RunLauncher>().StartAsync("p", overrides, null, TestPortal.Engineer, Stop);
        await portal.Get<RunEngine>().ExecuteAsync(id, Stop);
        return await portal.Get<RunService>().GetAsync(id, Stop);
    }
}
