using Nexus.Jobs.Pipelines.Documents;
using Shouldly;
using Xunit;

namespace Nexus.Jobs.Tests.Pipelines;

public sealed class PipelineAnalyzerTests
{
    private static readonly PipelineAnalyzer Analyzer =
        new(ComposerBench.Composer, new PipelineCompletion(ComposerBench.Catalog, new PipelineSchema(ComposerBench.Catalog)));

    [Fact]
    public async Task Analysis_of_a_broken_text_still_draws_what_can_be_read()
    {
        var analysis = await Analyzer.AnalyzeAsync("""
            steps:
              ingest: { component: ingest }
              train: { component: trian, inputs: { data: ingest, more: nowhere } }
              last: { component: report
            """, [], CancellationToken.None);

        analysis.Document.ShouldBeNull();
        analysis.Steps.Select(s => (s.Name, s.Component)).Take(2).ShouldBe([("ingest", "ingest"), ("train", null)]);
        analysis.Edges.ShouldContain(new EdgeOutline("ingest", "train", "data"));
        analysis.Problems.ShouldContain(p => p.Suggestion == "train" && p.Line == 3);
        analysis.Problems.ShouldContain(p => p.Message.StartsWith("This is not YAML", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("|", "name,description,params,steps")]
    [InlineData("st|", "name,description,params,steps")]
    [InlineData("steps:\n  a:\n    |", "component,inputs,with,retries,timeout,cache")]
    [InlineData("steps:\n  a:\n    component: |", "ingest,check,train,report")]
    [InlineData("steps:\n  a: { component: |", "ingest,check,train,report")]
    [InlineData("steps:\n  a:\n    component: train\n    with:\n      |", "value,mode,dataset,params,features")]
    [InlineData("steps:\n  a:\n    component: train\n    with:\n      params:\n        l|", "leaves,learningRate")]
    [InlineData("steps:\n  a: { component: train, with: { params: { |", "leaves,learningRate")]
    [InlineData("steps:\n  a:\n    component: train\n    with: { mode: |", "fast,slow")]
    [InlineData("steps:\n  a:\n    component: train\n    with:\n      mode: f|", "fast,slow")]
    [InlineData("steps:\n  a:\n    component: train\n    inputs: { |", "data")]
    [InlineData("steps:\n  one: { component: ingest }\n  two: { component: train, inputs: { data: |", "one")]
    [InlineData("steps:\n  one:\n    component: ingest\n  two:\n    component: report\n    inputs:\n      data: |", "one")]
    public async Task Completion_offers_what_may_stand_there(string text, string labels)
    {
        var before = text[..text.IndexOf('|', StringComparison.Ordinal)];
        var line = before.Count(c => c == '\n') + 1;
        var column = before.Length - before.LastIndexOf('\n');

        var items = await Analyzer.CompleteAsync(before, line, column, CancellationToken.None);

        items.Select(i => i.Label).ShouldBe(labels.Split(','));
        items.ShouldAllBe(i => i.Replace.EndColumn == column && i.Replace.Line == line);
    }

    [Fact]
    public async Task Hover_tells_of_keys_components_and_interpolations()
    {
        var lines = ComposerBench.Yaml.Split('\n');
        async Task<string?> AtAsync(string line, string word)
        {
            var at = Array.FindIndex(lines, l => l.Contains(line, StringComparison.Ordinal));
            return (await Analyzer.HoverAsync(ComposerBench.Yaml, at + 1, lines[at].IndexOf(word, StringComparison.Ordinal) + 2, CancellationToken.None))?.Markdown;
        }

        (await AtAsync("ingest: {", "ingest, with")).ShouldBe("The fake ingest.");
        (await AtAsync("with: { mode", "${params")).ShouldBe("is `31`");
        (await AtAsync("with: { mode", "with")).ShouldBe("The component's parameters.");
        (await AtAsync("params: { target", "params")).ShouldNotBeNull().ShouldStartWith("Values that");
        (await AtAsync("name: demo", "demo")).ShouldBe("The pipeline's name.");
    }
}
