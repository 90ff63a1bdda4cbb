using System.Diagnostics;
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
    [InlineData("|", "name,description,defaults,params,steps")]
    [InlineData("st|", "name,description,defaults,params,steps")]
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

    [Theory]
    [InlineData("defaults:\n  - |", "data,training,_self_")]
    [InlineData("defaults:\n  - tr|", "data,training,_self_")]
    [InlineData("defaults:\n  - training: f|", "fast,thorough")]
    [InlineData("defaults: [ { da|", "data,training,_self_")]
    [InlineData("defaults: [ {data: elec2}, {training: |", "fast,thorough")]
    [InlineData("defaults: [ |", "data,training,_self_")]
    public async Task Completion_offers_groups_and_their_options(string text, string labels)
    {
        var configs = new FakeConfigs(("data/elec2", "a: 1"), ("training/fast", "a: 1"), ("training/thorough", "a: 1"));
        var analyzer = new PipelineAnalyzer(ComposerBench.Composer, new PipelineCompletion(ComposerBench.Catalog, new PipelineSchema(ComposerBench.Catalog)), configs);
        var before = text[..text.IndexOf('|', StringComparison.Ordinal)];

        var items = await analyzer.CompleteAsync(before, before.Count(c => c == '\n') + 1, before.Length - before.LastIndexOf('\n'), CancellationToken.None);

        items.Select(i => i.Label).ShouldBe(labels.Split(','));
    }

    [Fact]
    public async Task Analysis_counts_what_the_overrides_span_and_the_problems_of_each_step()
    {
        var analysis = await Analyzer.AnalyzeAsync(ComposerBench.Yaml, ["train.params.leaves=15,31,63", "train.params.learningRate=0.05,0.1", "params.leaves=7"], CancellationToken.None);
        var wrong = await Analyzer.AnalyzeAsync(ComposerBench.Yaml.Replace("mode: fast", "mode: fats", StringComparison.Ordinal), ["check.value=many"], CancellationToken.None);

        analysis.Problems.ShouldBeEmpty();
        analysis.Space.Combinations.ShouldBe(6);
        analysis.Document!.Steps.Single(s => s.Name == "train").With["params"]!["leaves"]!.GetValue<long>().ShouldBe(15);
        analysis.Composed.ShouldContain(l => l.Path == "params.leaves" && l.Text == "  leaves: 7" && l.Origin!.Source == "override");
        wrong.Steps.Select(s => (s.Name, s.Problems)).ShouldBe([("ingest", 0), ("check", 1), ("train", 1), ("report", 0)]);
    }

    [Fact]
    public async Task Analysis_of_300_lines_is_done_long_before_the_next_key()
    {
        var steps = string.Concat(Enumerable.Range(0, 48).Select(i =>
            $"  s{i}:\n    component: train\n    inputs: {{ data: ingest }}\n    with:\n      mode: fast\n      params: {{ leaves: \"${{params.n}}\", learningRate: 0.{i + 1} }}\n"));
        var yaml = $"name: long\nparams: {{ n: 31 }}\nsteps:\n  ingest: {{ component: ingest }}\n{steps}".ReplaceLineEndings("\n") + string.Concat(Enumerable.Repeat("# remark\n", 8));
        yaml.Count(c => c == '\n').ShouldBe(300);
        await Analyzer.AnalyzeAsync(yaml, [], CancellationToken.None);

        var fastest = TimeSpan.MaxValue;
        for (var i = 0; i < 20 && fastest > TimeSpan.FromMilliseconds(50); i++)
        {
            var edited = yaml.Replace("0.24 }", $"0.24{i} }}", StringComparison.Ordinal); // as by a key
            var start = Stopwatch.GetTimestamp();
            (await Analyzer.AnalyzeAsync(edited, [], CancellationToken.None)).Problems.ShouldBeEmpty();
            var took = Stopwatch.GetElapsedTime(start);
            if (took < fastest) fastest = took;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"300 lines: {fastest.TotalMilliseconds:0.0} ms");
        fastest.ShouldBeLessThan(TimeSpan.FromMilliseconds(50));
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
        (await AtAsync("with: { mode", "${params")).ShouldBe("is `31`, from line 2");
        (await AtAsync("with: { mode", "with")).ShouldBe("The component's parameters. *mapping.*");
        (await AtAsync("params: { target", "params")).ShouldNotBeNull().ShouldStartWith("Values that");
        (await AtAsync("name: demo", "demo")).ShouldBe("The pipeline's name. *text.*");
    }
}
