using System.Text.Json.Nodes;
using CsCheck;
using Nexus.Data;
using Nexus.Jobs.Pipelines.Documents;
using Shouldly;
using Xunit;
using static Nexus.Jobs.Tests.Pipelines.ComposerBench;

namespace Nexus.Jobs.Tests.Pipelines;

public sealed class PipelineComposerTests
{
    [Fact]
    public async Task Document_without_a_mistake_composes_to_steps_in_order()
    {
        var document = await ComposeAsync(Yaml);

        document.Name.ShouldBe("demo");
        document.Steps.Select(s => s.Name).ShouldBe(["ingest", "check", "train", "report"]);
        var train = document.Steps[2];
        train.With["params"]!["leaves"]!.GetValue<long>().ShouldBe(31);
        train.Inputs["data"].ShouldBe("check");
        (train.Retries, train.Timeout, train.Cache).ShouldBe((2, null, true));
        CanonicalJson.Digest(document.Composed).ShouldBe(document.Digest);
    }

    [Fact]
    public async Task Digest_does_not_depend_on_order_comments_or_style()
    {
        const string Other = """
            # the same
            steps:
              report:
                inputs: { data: check, model: train }
                component: report
              train:
                component: "train"
                inputs: { data: check }
                with:
                  params: { learningRate: 0.10, leaves: 31 }
                  features:
                    - a
                    - b
                  mode: fast
              check: { inputs: { data: ingest }, component: check }
              ingest: { component: ingest, with: { dataset: "elec2" } }
            params: { leaves: 31, target: class, nested: { deep: 2.5 } }
            name: demo
            """;

        (await ComposeAsync(Other)).Digest.ShouldBe((await ComposeAsync(Yaml)).Digest);
    }

    [Theory]
    [InlineData("name: demo", "nam: demo", "nam", "'nam' is not a key of the document", "name")]
    [InlineData("component: check,", "component: chek,", "chek", "There is no component 'chek'", "check")]
    [InlineData("with: { mode", "wiht: { mode", "wiht", "'wiht' is not a key of a step", "with")]
    [InlineData("mode: fast", "mod: fast", "mod", "'mod' is not known here", "mode")]
    [InlineData("mode: fast", "mode: fats", "fats", "'mode' is one of \"fast\", \"slow\"", "fast")]
    [InlineData("learningRate: 0.1", "learningRte: 0.1", "learningRte", "'learningRte' is not known here", "learningRate")]
    [InlineData("learningRate: 0.1", "learningRate: quick", "quick", "'learningRate' is a number, not a text", null)]
    [InlineData("leaves: 31, ", "leaves: 1, ", "\"${params.leaves}\"", "'leaves' is at least 2", null)]
    [InlineData("[a, b]", "[a, 2]", "2", "is a text, not an integer", null)]
    [InlineData("${params.leaves}", "${params.leavs}", "\"${params.leavs}\"", "'${params.leavs}' names nothing", "leaves")]
    [InlineData("data: ingest", "data: ingst", "ingst", "There is no step 'ingst'", "ingest")]
    [InlineData("data: ingest", "dat: ingest", "dat", "'check' has no input 'dat'", "data")]
    [InlineData("model: train", "model: check", "check", "The input 'model' takes model, but 'check' answers table", "train")]
    [InlineData("{ data: ingest }", "{ data: report }", "check", "The inputs go round in a circle: check → report → train → check", null)]
    [InlineData("params: { target", "defaults: 3\nparams: { target", "3", "'defaults' is a list, not an integer", null)]
    [InlineData("params: { target", "defaults: [{data: x}]\nparams: { target", "data", "There is no config group 'data'; no config is kept yet", null)]
    [InlineData("component: train", "component: train\n    timeout: 5 days", "5 days", "'timeout' is a duration", null)]
    [InlineData("component: train", "component: train\n    retries: 11", "11", "'retries' is an integer from 0 to 10", null)]
    public async Task Mistake_is_reported_at_its_place_with_what_was_meant(
        string right, string wrong, string at, string message, string? suggestion)
    {
        var yaml = Yaml.Replace(right, wrong, StringComparison.Ordinal);
        var problems = await ProblemsAsync(yaml);

        var problem = problems.Where(p => p.Message.Contains(message, StringComparison.Ordinal)).ShouldHaveSingleItem();
        yaml.Split('\n')[problem.Line - 1][(problem.Column - 1)..(problem.EndColumn - 1)].ShouldBe(at);
        problem.Suggestion.ShouldBe(suggestion);
    }

    [Fact]
    public async Task Missing_input_is_reported_at_the_step()
    {
        var problem = (await ProblemsAsync("steps:\n  ingest: { component: ingest }\n  train: { component: train }\n")).ShouldHaveSingleItem();

        problem.Message.ShouldBe("'train' needs the input 'data'.");
        (problem.Line, problem.Column).ShouldBe((3, 3));
    }

    [Fact]
    public async Task Interpolation_keeps_the_type_and_writes_into_texts()
    {
        const string Yaml = """
            params: { n: 7, x: 0.5, on: true, nothing: null, list: [1, two], map: { leaves: 5 }, text: "n is ${params.n}, ${params.on}", twice: "${params.text}!", kept: "\\${params.n}" }
            steps:
              ingest: { component: ingest, with: { value: "${params.n}", params: "${params.map}", features: ["${params.list.1}", "${params.twice}"] } }
            """;

        var step = (await ComposeAsync(Yaml)).Steps.ShouldHaveSingleItem();

        step.With["value"]!.GetValueKind().ShouldBe(System.Text.Json.JsonValueKind.Number);
        step.With["params"]!["leaves"]!.GetValue<long>().ShouldBe(5);
        step.With["features"]!.AsArray().Select(f => f!.GetValue<string>()).ShouldBe(["two", "n is 7, true!"]);
        JsonNode.Parse((await ComposeAsync(Yaml)).Composed)!["params"]!["kept"]!.GetValue<string>().ShouldBe("${params.n}");
    }

    [Theory]
    [InlineData("${params.n")]
    [InlineData("x ${params.n} and ${")]
    public async Task Interpolation_that_does_not_close_is_refused_at_its_place(string text)
    {
        var problem = (await ProblemsAsync($"params: {{ n: 7 }}\nsteps:\n  ingest: {{ component: ingest, with: {{ value: \"{text}\" }} }}\n")).ShouldHaveSingleItem();

        problem.Message.ShouldStartWith("An interpolation has the form ${path}");
        problem.Line.ShouldBe(3);
    }

    [Fact]
    public async Task Escaped_interpolation_does_not_hide_what_else_is_wrong_with_a_step()
    {
        var problems = await ProblemsAsync("steps:\n  ingest: { component: ingest, with: { dataset: \"\\\\${a}\", mode: fats } }\n");

        problems.ShouldHaveSingleItem().Suggestion.ShouldBe("fast");
    }

    [Theory]
    [InlineData("with: { mode", "wiht: { mode", "'wiht' is not a key of a step", 9)]
    [InlineData("component: check,", "comonent: check,", "'comonent' is not a key of a step", 5)]
    [InlineData("  report: {", "\treport: {", "This is not YAML", 10)]
    [InlineData("name: demo", "name: \"demo", "This is not YAML", 1)]
    public async Task Refusal_names_the_cause_and_not_what_follows_from_it(string right, string wrong, string message, int line)
    {
        var refused = await Should.ThrowAsync<RefusedException>(() => ComposeAsync(Yaml.Replace(right, wrong, StringComparison.Ordinal)));

        refused.Message.ShouldStartWith(message);
        refused.Line.ShouldBe(line);
    }

    [Theory]
    [InlineData("a: \"${params.a}\"")]
    [InlineData("a: \"${params.b}\", b: \"x ${params.c}\", c: \"${params.a}\"")]
    [InlineData("a: { b: \"${params}\" }")]
    public async Task Interpolation_in_a_circle_is_refused(string parameters)
    {
        var problems = await ProblemsAsync($"params: {{ {parameters} }}\nsteps:\n  ingest: {{ component: ingest }}\n");

        problems.ShouldContain(p => p.Message.StartsWith("The interpolation goes round in a circle", StringComparison.Ordinal) && p.Line == 1);
    }

    [Fact]
    public async Task Interpolations_that_multiply_are_bounded()
    {
        var levels = string.Concat(Enumerable.Range(1, 20).Select(i => $"  l{i}: [\"${{params.l{i - 1}}}\", \"${{params.l{i - 1}}}\", \"${{params.l{i - 1}}}\"]\n"));

        var problems = await ProblemsAsync($"params:\n  l0: [1, 2, 3]\n{levels}steps:\n  ingest: {{ component: ingest }}\n");

        problems.ShouldContain(p => p.Message.Contains("too large", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Interpolation_of_any_acyclic_chain_gives_the_value_at_its_end()
    {
        await Gen.Int[1, 30].SampleAsync(async length =>
        {
            var chain = string.Join(", ", Enumerable.Range(0, length).Reverse().Select(i => $"p{i}: {(i == 0 ? "42" : $"\"${{params.p{i - 1}}}\"")}"));
            var document = await ComposeAsync($"params: {{ {chain} }}\nsteps:\n  ingest: {{ component: ingest, with: {{ value: \"${{params.p{length - 1}}}\" }} }}\n");
            document.Steps[0].With["value"]!.GetValue<long>().ShouldBe(42);
        }, iter: 30);
    }

    [Fact]
    public async Task Order_of_any_graph_puts_inputs_first_and_keeps_the_text_else()
    {
        await Gen.Int[1, 12].SelectMany(n => Gen.Int[-1, 1_000_000].Array[n].Select(from => (n, from))).SampleAsync(async graph =>
        {
            // Step i may take any earlier step in a shuffled naming; the text names them in another order.
            var lines = Enumerable.Range(0, graph.n).Select(i => i == 0 || graph.from[i] < 0
                ? $"  s{i}: {{ component: ingest }}\n"
                : $"  s{i}: {{ component: check, inputs: {{ data: s{graph.from[i] % i} }} }}\n").ToList();
            var text = lines.OrderBy(l => l.GetHashCode(StringComparison.Ordinal) % 7).ToList();
            var document = await ComposeAsync("steps:\n" + string.Concat(text));
            var order = document.Steps.Select(s => s.Name).ToList();
            order.Count.ShouldBe(graph.n);
            foreach (var step in document.Steps)
            {
                foreach (var from in step.Inputs.Values) order.IndexOf(from).ShouldBeLessThan(order.IndexOf(step.Name));
            }
        }, iter: 100);
    }

    [Fact]
    public async Task Published_schema_names_every_component_and_lets_interpolations_stand_for_values()
    {
        var schema = new PipelineSchema(Catalog).Json;
        var parsed = await NJsonSchema.JsonSchema.FromJsonAsync(schema);

        parsed.Validate(YamlReader.Read(Yaml, [])!.ToJson()!.ToJsonString()).ShouldBeEmpty();
        parsed.Validate(YamlReader.Read(Yaml.Replace("mode", "mood", StringComparison.Ordinal), [])!.ToJson()!.ToJsonString()).ShouldNotBeEmpty();
        const string Composed = "defaults: [ {training: fast}, {override /data@x.y: null}, {optional a/b: [c]}, _self_, a/b ]\ntraining: { n: 1 }\n" + Yaml;
        parsed.Validate(YamlReader.Read(Composed, [])!.ToJson()!.ToJsonString()).ShouldBeEmpty();
        parsed.Validate(YamlReader.Read("training: { n: 1 }\n" + Yaml, [])!.ToJson()!.ToJsonString()).ShouldNotBeEmpty();
        parsed.Validate(YamlReader.Read("defaults: [ 3 ]\n" + Yaml, [])!.ToJson()!.ToJsonString()).ShouldNotBeEmpty();
    }
}
