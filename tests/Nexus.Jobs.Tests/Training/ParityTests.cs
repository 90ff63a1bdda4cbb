using System.Text.Json;
using Nexus.Data;
using Nexus.Jobs.Pipelines;
using Shouldly;
using Xunit;

namespace Nexus.Jobs.Tests.Training;

/// <summary>The exported ONNX against the trainer, on every test row, where exports usually go wrong.</summary>
public sealed class ParityTests
{
    private const string Trees = """{ "trainer": "lightgbm", "seed": 1, "params": { "iterations": 30, "leaves": 7, "minRowsInLeaf": 5 } }""";
    private const string Line = """{ "trainer": "linear", "seed": 1 }""";

    // Numbers with gaps, a few of them on both sides of every threshold; a boolean, times before and after 1970, names of
    // which some come up in the test split alone, and sentences in several scripts, some without a word.
    private const string Mixed = """
        SELECT i, i % 10 >= 7 AS late,
               CASE WHEN i % 7 = 0 THEN NULL ELSE round(sin(i) * 4) / 4 END AS x,
               CASE WHEN i % 11 = 0 THEN NULL ELSE (i * 7919) % 1000 END AS whole,
               CASE WHEN i % 13 = 0 THEN NULL ELSE i % 3 = 0 END AS flag,
               CASE WHEN i % 17 = 0 THEN NULL ELSE TIMESTAMP '1960-02-28 23:59:59' + INTERVAL (i * 977) HOUR END AS at,
               DATE '1999-12-31' + CAST(i * 3 AS INTEGER) AS on_day,
               CASE WHEN i % 19 = 0 THEN NULL WHEN i > 700 AND i % 5 = 0 THEN 'new ' || i ELSE chr(CAST(65 + i % 9 AS INTEGER)) END AS name,
               CASE WHEN i % 23 = 0 THEN NULL WHEN i % 29 = 0 THEN '!? …' ELSE
                   ['Hello World again', 'ÄRGER über alles im Straßenverkehr', 'naïve café №5 x2', '日本語 の テキスト です', 'ПРИВЕТ мир как дела', 'a b a B a'][1 + i % 6]
                   || ' ' || (i % 40) || ' w' || ((i * 31) % 50) END AS words,
               CASE WHEN (i % 3 = 0) = (sin(i) > 0) THEN 'yes' ELSE 'no' END AS two,
               ['red', 'green', 'blue'][1 + CAST(i % 9 + abs(sin(i)) AS INTEGER) % 3] AS three,
               1000000 + 500 * sin(i) + (i % 9) * 10 AS number
        FROM range(1000) AS r(i)
        """;

    private static readonly (string, string)[] MixedColumns =
    [
        ("i", "integer"), ("late", "boolean"), ("x", "number"), ("whole", "integer"), ("flag", "boolean"), ("at", "timestamp"), ("on_day", "date"),
        ("name", "text"), ("words", "text"), ("two", "text"), ("three", "text"), ("number", "number"),
    ];

    private const string Dates = """ "dates": { "parts": ["year", "month", "day", "weekday", "hour", "minute", "days"] } """;
    private const string Late = """ "split": { "by": "column", "column": "late", "test": "true" }, "features": ["x", "whole", "flag", "at", "on_day", "name", "words"] """;

    public static TheoryData<string, string, string> Cases()
    {
        var cases = new TheoryData<string, string, string>();
        foreach (var label in new[] { "two", "three", "number" })
        {
            cases.Add(label, $$""" { "label": "{{label}}", {{Late}}, {{Dates}}, "text": { "encode": "tfidf", "ngrams": [1, 2] } } """, Trees);
            cases.Add(label, $$""" { "label": "{{label}}", {{Late}}, {{Dates}}, "numeric": { "impute": "mean", "scale": "minmax" }, "categorical": { "encode": "hashing", "buckets": 16 }, "text": { "encode": "hashing", "ngrams": [1, 3], "buckets": 64 } } """, Line);
        }

        cases.Add("two", $$""" { "label": "two", {{Late}}, {{Dates}}, "numeric": { "impute": "none" }, "categorical": { "encode": "ordinal" }, "roles": { "words": "categorical", "whole": "categorical" } } """, Trees);
        cases.Add("three", $$""" { "label": "three", {{Late}}, "categorical": { "maxCategories": 4 }, "roles": { "name": "text" }, "text": { "ngrams": [2, 2] } } """, Line);
        cases.Add("three", $$""" { "label": "three", {{Late}} } """, """{ "trainer": "linear", "params": { "solver": "sdca", "iterations": 20 } }""");
        cases.Add("three", $$""" { "label": "three", "features": ["x"], "split": { "by": "group", "group": "name", "train": 0.7 } } """, Trees);
        // Leaves that hold more rows than there are: every tree is one leaf.
        cases.Add("two", $$""" { "label": "two", {{Late}} } """, """{ "trainer": "lightgbm", "params": { "iterations": 3, "minRowsInLeaf": 5000 } }""");
        cases.Add("three", $$""" { "label": "three", {{Late}} } """, """{ "trainer": "lightgbm", "params": { "iterations": 3, "minRowsInLeaf": 5000 } }""");
        cases.Add("number", $$""" { "label": "number", {{Late}} } """, """{ "trainer": "lightgbm", "params": { "iterations": 3, "minRowsInLeaf": 5000 } }""");
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Exported_onnx_equals_the_trainer(string label, string transform, string train)
    {
        await using var bench = await TrainingBench.StartAsync();
        var features = await bench.RunAsync("transform", transform, ("data", await bench.TableAsync(Mixed, MixedColumns)));
        var model = await bench.RunAsync("train", train, ("data", features));
        model.Facts["largestDifference"].Deserialize<double>().ShouldBeLessThan(2e-5);
        var report = await bench.RunAsync("evaluate", """{ "slices": ["name", "at", "x", "flag"] }""", ("model", model), ("data", features));
        report.Metrics!.ShouldContainKey(label == "number" ? "rmse" : "accuracy");
    }

    [Fact]
    public async Task Binary_with_a_base_value_far_from_0_keeps_it()
    {
        await using var bench = await TrainingBench.StartAsync();
        var rare = await bench.TableAsync("SELECT i % 97 AS x, i % 200 = 3 AS y FROM range(20000) AS r(i)", ("x", "integer"), ("y", "boolean"));
        var features = await bench.RunAsync("transform", """{ "label": "y", "split": { "by": "random", "seed": 5 } }""", ("data", rare));
        foreach (var train in new[] { Trees, """{ "trainer": "lightgbm", "params": { "iterations": 1, "minRowsInLeaf": 50000 } }""", Line })
        {
            var model = await bench.RunAsync("train", train, ("data", features));
            var report = await bench.RunAsync("evaluate", "{}", ("model", model), ("data", features));
            report.Metrics!["brier"].Value.ShouldBeLessThan(0.01);
            report.Metrics["logLoss"].Value.ShouldBeLessThan(0.05);
        }
    }

    [Theory]
    [InlineData(Trees)]
    [InlineData("""{ "trainer": "linear", "params": { "solver": "lbfgs" } }""")]
    [InlineData("""{ "trainer": "linear", "params": { "solver": "sdca" } }""")]
    public async Task Multiclass_scores_stand_under_their_own_classes(string train)
    {
        await using var bench = await TrainingBench.StartAsync();
        var easy = await bench.TableAsync(
            "SELECT i % 5 + 0.1 * sin(i) AS x, (i % 5 = 1)::INTEGER AS one, (i % 5 = 3)::INTEGER AS three, 'class ' || i % 5 AS y FROM range(2000) AS r(i)",
            ("x", "number"), ("one", "integer"), ("three", "integer"), ("y", "text"));
        var features = await bench.RunAsync("transform", """{ "label": "y", "split": { "by": "random" } }""", ("data", easy));
        var model = await bench.RunAsync("train", train, ("data", features));
        (await bench.RunAsync("evaluate", "{}", ("model", model), ("data", features))).Metrics!["accuracy"].Value.ShouldBeGreaterThan(0.95);
    }

    [Fact]
    public async Task Linear_with_numbers_left_missing_is_refused()
    {
        await using var bench = await TrainingBench.StartAsync();
        var features = await bench.RunAsync(
            "transform", $$""" { "label": "two", {{Late}}, "numeric": { "impute": "none" } } """, ("data", await bench.TableAsync(Mixed, MixedColumns)));
        (await Should.ThrowAsync<RefusedException>(() => bench.RunAsync("train", Line, ("data", features)))).Message.ShouldContain("linear cannot take missing numbers");
    }

    [Fact]
    public async Task Early_stopping_keeps_the_best_iterations()
    {
        await using var bench = await TrainingBench.StartAsync();
        var features = await bench.RunAsync("transform", $$""" { "label": "two", {{Late}} } """, ("data", await bench.TableAsync(Mixed, MixedColumns)));
        var model = await bench.RunAsync(
            "train", """{ "trainer": "lightgbm", "params": { "iterations": 2000, "leaves": 15, "learningRate": 0.5, "earlyStopping": 5, "validation": 0.2 } }""", ("data", features));
        model.Kind.ShouldBe(StepKinds.Model);
        var valid = bench.Metrics.Where(m => m.Key == "valid.logLoss").ToList();
        valid.Count.ShouldBeLessThan(2000);
        var best = valid.MinBy(m => m.Value).Step;
        (valid.Count - best).ShouldBe(5);
        var native = await bench.Blobs.ReadTextAsync(model.Blobs["native"], CancellationToken.None);
        native.Split("\nTree=").Length.ShouldBe((int)best + 1);
    }

    [Fact]
    public async Task Cancelled_training_ends_between_iterations()
    {
        await using var bench = await TrainingBench.StartAsync();
        var features = await bench.RunAsync("transform", $$""" { "label": "two", {{Late}} } """, ("data", await bench.TableAsync(Mixed, MixedColumns)));
        using var cancel = new CancellationTokenSource();
        bench.OnMetric = () => cancel.Cancel();
        await Should.ThrowAsync<OperationCanceledException>(() => bench.RunAsync("train", """{ "trainer": "lightgbm", "params": { "iterations": 100000 } }""", cancel.Token, ("data", features)));
        bench.Metrics.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Check_of_a_parameter_of_the_other_trainer_names_it_and_those_known()
    {
        await using var bench = await TrainingBench.StartAsync();
        var with = System.Text.Json.Nodes.JsonNode.Parse("""{ "trainer": "linear", "params": { "leaves": 31, "l2": -1 } }""")!.AsObject();
        var problems = bench.Component("train").Check(with).ToList();
        problems.Select(p => p.Path).ShouldBe(["params.leaves", "params.l2"]);
        problems[0].Message.ShouldBe("'leaves' is not a parameter of linear; it knows solver, l2, l1, iterations, tolerance.");
        problems[1].Message.ShouldContain("0 to 1000000, not -1");
    }
}
