using System.Text.Json;
using Nexus.Data.Datasets;
using Shouldly;
using Xunit;

namespace Nexus.Jobs.Tests.Training;

public sealed class TextTests
{
    [Fact]
    public async Task Banking77_test_rows_are_told_apart_by_words_and_pairs_of_words()
    {
        await using var bench = await TrainingBench.StartAsync();
        var table = await bench.TableAsync(
            $"SELECT text, category, 'train' AS part FROM {Csv("train")} UNION ALL SELECT text, category, 'test' FROM {Csv("test")}",
            ("text", "text"), ("category", "text"), ("part", "text"));
        var features = await bench.RunAsync("transform", """
            { "label": "category", "split": { "by": "column", "column": "part", "test": "test" }, "text": { "encode": "tfidf", "ngrams": [1, 2], "maxTerms": 50000 } }
            """, ("data", table));
        features.Facts["testRows"].Deserialize<int>().ShouldBe(3080);
        features.Facts["classes"]!.AsArray().Count.ShouldBe(77);
        var model = await bench.RunAsync("train", """{ "trainer": "linear", "seed": 7 }""", ("data", features));
        var report = await bench.RunAsync("evaluate", "{}", ("model", model), ("data", features));
        report.Metrics!["accuracy"].Value.ShouldBeGreaterThanOrEqualTo(0.88);

        static string Csv(string part) => $"read_csv({TableEngine.Literal(TrainingBench.DataPath($"banking77/{part}.csv"))}, header = true)";
    }

    [Theory]
    [InlineData("linear")]
    [InlineData("lightgbm")]
    public async Task Spam_is_told_from_ham(string trainer)
    {
        await using var bench = await TrainingBench.StartAsync();
        var table = await bench.TableAsync(
            $"SELECT * FROM read_csv({TableEngine.Literal(TrainingBench.DataPath("sms_spam/sms.tsv"))}, delim = '\t', quote = '', header = false, names = ['kind', 'message'])",
            ("kind", "text"), ("message", "text"));
        var features = await bench.RunAsync("transform", """
            { "label": "kind", "positive": "spam", "split": { "by": "random", "train": 0.75, "seed": 1 }, "text": { "maxTerms": 2000 } }
            """, ("data", table));
        var model = await bench.RunAsync("train", $$"""{ "trainer": "{{trainer}}", "seed": 7 }""", ("data", features));
        var report = await bench.RunAsync("evaluate", "{}", ("model", model), ("data", features));
        report.Metrics!["auc"].Value.ShouldBeGreaterThan(0.97);
        report.Metrics["f1"].Value.ShouldBeGreaterThan(0.85);
    }
}
