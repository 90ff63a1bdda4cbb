using System.Text.Json.Nodes;
using Nexus.Data;
using Nexus.Jobs.Pipelines.Documents;
using Shouldly;
using Xunit;

namespace Nexus.Jobs.Tests.Pipelines;

public sealed class DefaultsTests
{
    private const string Steps = "\nsteps:\n  ingest: { component: ingest }\n";

    private static readonly FakeConfigs Store = new(
        ("data/elec2", "name: elec2\nrows: 45312\n"),
        ("data/small", "name: small\nrows: 10\n"),
        ("training/base", "iterations: 100\nleaves: 31\nrate: 0.1\n"),
        ("training/fast", "defaults: [ base, _self_ ]\niterations: 10\n"),
        ("training/thorough", "defaults:\n  - base\n  - optimizer: sgd\niterations: 1000\n"),
        ("training/first", "defaults: [ _self_, base ]\niterations: 7\n"),
        ("training/optimizer/sgd", "kind: sgd\nmomentum: 0.9\n"),
        ("training/optimizer/adam", "kind: adam\n"),
        ("training/must", "iterations: ???\n"),
        ("training/round", "defaults: [ { /data: loop } ]\n"),
        ("data/loop", "defaults: [ { /training: round } ]\n"),
        ("preset/quick", "# @package _global_\ndefaults:\n  - override /training: fast\n  - override /data: small\nparams: { quick: true }\n"),
        ("preset/values", "params: { v: 1 }\n"),
        ("env/here", "home: \"${env:NEXUS_TEST_HOME,/nowhere}\"\nport: \"${env:NEXUS_TEST_PORT}\"\ntext: \"${oc.env:NEXUS_TEST_PORT}\"\n"));

    private static readonly PipelineComposer Composer = new(
        ComposerBench.Catalog, Store, new(["NEXUS_TEST_HOME", "NEXUS_TEST_PORT"], name => name == "NEXUS_TEST_PORT" ? "8080" : null));

    [Fact]
    public async Task Defaults_are_merged_under_their_groups_and_the_text_wins_over_them()
    {
        var document = await ComposeAsync("defaults: [ {data: elec2}, {training: base}, _self_ ]\ntraining: { leaves: 63 }\nparams: { n: \"${training.iterations}\", rows: \"${data.rows}\" }" + Steps);

        document["data"]!.ToJsonString().ShouldBe("""{"name":"elec2","rows":45312}""");
        document["training"]!.ToJsonString().ShouldBe("""{"iterations":100,"leaves":63,"rate":0.1}""");
        document["params"]!.ToJsonString().ShouldBe("""{"n":100,"rows":45312}""");
        document.ContainsKey("defaults").ShouldBeFalse();
    }

    [Theory]
    [InlineData("[ {training: base} ]", 63)] // without _self_ the text comes last
    [InlineData("[ {training: base}, _self_ ]", 63)]
    [InlineData("[ _self_, {training: base} ]", 31)]
    public async Task Place_of_self_decides_who_wins(string defaults, int leaves) =>
        (await ComposeAsync($"defaults: {defaults}\ntraining: {{ leaves: 63 }}" + Steps))["training"]!["leaves"]!.GetValue<int>().ShouldBe(leaves);

    [Theory]
    [InlineData("{training: fast}", """{"iterations":10,"leaves":31,"rate":0.1}""")]
    [InlineData("{training: first}", """{"iterations":100,"leaves":31,"rate":0.1}""")]
    [InlineData("{training: thorough}", """{"iterations":1000,"leaves":31,"optimizer":{"kind":"sgd","momentum":0.9},"rate":0.1}""")]
    [InlineData("{training: [base, must]}, {data: null}", """{"iterations":3,"leaves":31,"rate":0.1}""", "training.iterations=3")]
    [InlineData("training/fast", """{"iterations":10,"leaves":31,"rate":0.1}""")]
    [InlineData("{optional training: nothing}, {training@training: fast}", """{"iterations":10,"leaves":31,"rate":0.1}""", "~training")]
    [InlineData("{training: thorough}, {override training/optimizer: adam}", """{"iterations":1000,"leaves":31,"optimizer":{"kind":"adam"},"rate":0.1}""")]
    public async Task Configs_have_defaults_of_their_own(string defaults, string training, params string[] overrides)
    {
        if (overrides.Contains("~training"))
        {
            (await ProblemsAsync($"defaults: [ {defaults} ]" + Steps)).ShouldHaveSingleItem().Message.ShouldBe("'training' is chosen twice in the defaults.");
            return;
        }

        CanonicalJson.Write((await ComposeAsync($"defaults: [ {defaults} ]" + Steps, overrides))["training"]).ShouldBe(training);
    }

    [Fact]
    public async Task Package_puts_a_config_elsewhere()
    {
        var document = await ComposeAsync("defaults: [ {data@source.left: elec2}, {data@source.right: small}, {training@_global_.deep.er: base}, {preset@_here_: values} ]\nname: mine" + Steps);

        document["source"]!["left"]!["rows"]!.GetValue<int>().ShouldBe(45312);
        document["source"]!["right"]!["rows"]!.GetValue<int>().ShouldBe(10);
        document["deep"]!["er"]!["leaves"]!.GetValue<int>().ShouldBe(31);
        document["params"]!["v"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public async Task Global_preset_overrides_choices_made_beside_it()
    {
        var document = await ComposeAsync("defaults: [ {data: elec2}, {training: thorough}, {preset: quick} ]" + Steps);

        document["training"]!["iterations"]!.GetValue<int>().ShouldBe(10);
        document["data"]!["name"]!.GetValue<string>().ShouldBe("small");
        document["params"]!["quick"]!.GetValue<bool>().ShouldBeTrue();
        (await ComposeAsync("defaults: [ {data: elec2}, {training: thorough}, {preset: quick} ]" + Steps, "data=elec2"))["data"]!["rows"]!.GetValue<int>().ShouldBe(45312);
    }

    [Theory]
    [InlineData("training=fast", "training.iterations", "10")]
    [InlineData("training.iterations=50", "training.iterations", "50")]
    [InlineData("training={leaves: 5}", "training.leaves", "5")]
    [InlineData("+data=small", "data.rows", "10")]
    [InlineData("++data=small", "data.rows", "10")]
    [InlineData("+data@here.there=small", "here.there.rows", "10")]
    [InlineData("training/optimizer=adam", "training.optimizer.kind", "adam", "training=thorough")]
    [InlineData("+training.extra=1", "training.extra", "1")]
    [InlineData("training=[base,must]", "training.iterations", "8", "training.iterations=8")]
    [InlineData("~training.rate", "training.rate", null)]
    [InlineData("~training", "training", null)]
    [InlineData("~training=base", "training", null)]
    [InlineData("training=null", "training", null)]
    public async Task Override_chooses_or_changes(string @override, string path, string? value, params string[] more)
    {
        JsonNode? at = await ComposeAsync("defaults: [ {training: base} ]" + Steps, [.. more, @override]);
        foreach (var key in path.Split('.')) at = at?[key];
        at?.ToString().ShouldBe(value);
        (at is null).ShouldBe(value is null);
    }

    [Fact]
    public async Task Override_into_what_an_interpolation_stands_for_changes_it_there_alone()
    {
        const string Yaml = "defaults: [ {training: base} ]\nparams: { t: \"${training}\" }\nsteps:\n  ingest: { component: ingest, with: { params: \"${params.p}\" } }\n";
        var document = await Composer.ComposeAsync(
            Yaml.Replace("params: { t:", "params: { p: { leaves: 2, learningRate: 0.1 }, t:", StringComparison.Ordinal),
            ["ingest.params.leaves=7", "params.p.learningRate=0.5", "params.t.rate=9"], null, CancellationToken.None);

        var composed = JsonNode.Parse(document.Composed)!;
        CanonicalJson.Write(composed["steps"]!["ingest"]!["with"]!["params"]).ShouldBe("""{"learningRate":0.5,"leaves":7}""");
        composed["params"]!["p"]!["leaves"]!.GetValue<int>().ShouldBe(2);
        (composed["params"]!["t"]!["rate"]!.GetValue<int>(), composed["training"]!["rate"]!.GetValue<double>()).ShouldBe((9, 0.1));
        document.Origins["steps.ingest.with.params.learningRate"].Name.ShouldBe("params.p.learningRate=0.5");
        document.Origins["params.t.leaves"].ShouldSatisfyAllConditions(o => o.Name.ShouldBe("training/base@1"), o => o.Via.ShouldBe(["${training}"]));
    }

    [Theory]
    [InlineData("{training: fsat}", "There is no config 'training/fsat'; the options of 'training' are base, fast", "fast", 24)]
    [InlineData("{trainig: fast}", "There is no config group 'trainig'", "training", 14)]
    [InlineData("{training: fast, data: elec2}", "An entry has one key; begin another entry for 'data'", null, 13)]
    [InlineData("{training: 3}", "'training' chooses a config by its name, not by an integer", null, 24)]
    [InlineData("_slef_", "'_slef_' names no config", "_self_", 13)]
    [InlineData("{trainings training: x}", "'trainings training' names no group", null, 14)]
    [InlineData("{override data: small}", "The defaults choose no 'data' that could be overridden", null, 29)]
    [InlineData("{training: base}, {training: fast}", "'training' is chosen twice", null, 32)]
    [InlineData("{training: round}", "The defaults go round in a circle: training/round → data/loop → training/round", null, 24)]
    public async Task Default_that_leads_nowhere_is_reported_at_its_place(string defaults, string message, string? suggestion, int column)
    {
        var problem = (await ProblemsAsync($"defaults: [ {defaults} ]" + Steps)).ShouldHaveSingleItem();

        problem.Message.ShouldContain(message);
        problem.Suggestion.ShouldBe(suggestion);
        if (message.Contains("circle", StringComparison.Ordinal)) (problem.Config, problem.Line).ShouldBe(("data/loop@1", 1));
        else (problem.Line, problem.Column).ShouldBe((1, column));
    }

    [Fact]
    public async Task Missing_config_is_one_problem_whatever_would_read_it() =>
        (await ProblemsAsync("defaults: [ {training: nothing} ]\ntraining: { rate: 1 }\nparams: { n: \"${training.iterations}\", m: \"${params.n}\" }" + Steps, "training.leaves=3")).ShouldHaveSingleItem().Message.ShouldContain("'training/nothing'");

    [Theory]
    [InlineData("training=fsat", "There is no config 'training/fsat'", "fast")]
    [InlineData("data=small", "The defaults choose no 'data'; +data=small adds it", null)]
    [InlineData("+training=fast", "The defaults choose 'training' already", null)]
    [InlineData("~data", "The defaults choose no 'data'", null)]
    [InlineData("~training=fast", "'training' is not fast but base", null)]
    [InlineData("training=3", "'training' is a config group", null)]
    [InlineData("training=base,fast", "It names several values", null)]
    [InlineData("training.iteratons=3", "There is no 'iteratons'", "iterations")]
    [InlineData("trainin.iterations=3", "begins with neither", "training")]
    public async Task Override_that_chooses_nothing_there_is_named(string @override, string message, string? suggestion)
    {
        var problem = (await ProblemsAsync("defaults: [ {training: base} ]" + Steps, @override)).ShouldHaveSingleItem();

        problem.Message.ShouldContain(message);
        (problem.Override, problem.Suggestion).ShouldBe((@override, suggestion));
    }

    [Fact]
    public async Task Mandatory_value_is_named_with_its_path_and_file_until_it_is_given()
    {
        const string Yaml = "defaults: [ {training: must} ]\nparams: { n: \"${training.iterations}\", m: ??? }" + Steps;
        var problems = await ProblemsAsync(Yaml);

        problems.Select(p => (p.Config, p.Line, p.Mandatory)).ShouldBe([(null, 2, true), ("training/must@1", 1, true)]);
        problems[1].Message.ShouldContain("'training.iterations' must be given");
        var refused = await Should.ThrowAsync<RefusedException>(() => Composer.ComposeAsync(Yaml, ["params.m=1"], null, CancellationToken.None));
        refused.Message.ShouldStartWith("training/must@1, line 1, column 13: 'training.iterations' must be given");
        (await ComposeAsync(Yaml, "params.m=1", "training.iterations=3"))["params"]!["n"]!.GetValue<int>().ShouldBe(3);
    }

    [Fact]
    public async Task Environment_is_read_from_the_list_alone()
    {
        var here = (await ComposeAsync("defaults: [ {env: here} ]" + Steps))["env"]!;
        here.ToJsonString().ShouldBe("""{"home":"/nowhere","port":8080,"text":"8080"}""");

        var problems = await ProblemsAsync("params: { a: \"${env:PATH,x}\", b: \"${oc.env:NEXUS_TEST_HOM}\", c: \"${env:NEXUS_TEST_HOME}\", d: \"${env:NEXUS_TEST_HOME,???}\", e: \"${evn:X}\" }" + Steps);
        problems.Select(p => p.Suggestion).ShouldBe([null, "NEXUS_TEST_HOME", null, null, "env"]);
        problems[0].Message.ShouldContain("'PATH' may not be read: it is not on the list Nexus:Pipelines:Environment, which has NEXUS_TEST_HOME");
        problems[2].Message.ShouldContain("is not set");
        problems[3].Mandatory.ShouldBeTrue();
    }

    [Theory]
    [InlineData("${.n}", "7")]
    [InlineData("${..m}", "8")]
    [InlineData("${params.${params.key}}", "8")]
    [InlineData("${params.in.list[1]}", "b")]
    [InlineData("${params.in.list.${params.one}}", "b")]
    [InlineData("x${.n}y${..m}", "x7y8")]
    [InlineData("\\\\${.n}", "${.n}")]
    [InlineData("\\\\\\\\${.n}", "\\7")]
    [InlineData("${oc.decode:'12'}", "12")]
    [InlineData("${oc.select:params.nothing,5}", "5")]
    [InlineData("${oc.select:params.m,5}", "8")]
    public async Task Interpolation_is_relative_nested_and_escaped_as_in_hydra(string text, string value) =>
        (await ComposeAsync($"params: {{ m: 8, key: m, one: 1, in: {{ n: 7, list: [a, b], it: \"{text}\" }} }}" + Steps))["params"]!["in"]!["it"]!.ToString().ShouldBe(value);

    [Theory]
    [InlineData("${....x}", "leads beyond the document's root")]
    [InlineData("${}", "An interpolation has the form")]
    [InlineData("${a,b}", "An interpolation has the form")]
    [InlineData("${a{b}}", "An interpolation has the form")]
    [InlineData("${env:A,b,c}", "takes a name and a default")]
    public async Task Interpolation_that_cannot_be_read_is_refused(string text, string message) =>
        (await ProblemsAsync($"params: {{ it: \"{text}\" }}" + Steps)).ShouldHaveSingleItem().Message.ShouldContain(message);

    private static async Task<JsonObject> ComposeAsync(string yaml, params string[] overrides) =>
        JsonNode.Parse((await Composer.ComposeAsync(yaml, overrides, null, CancellationToken.None)).Composed)!.AsObject();

    private static async Task<IReadOnlyList<PipelineProblem>> ProblemsAsync(string yaml, params string[] overrides) =>
        (await Composer.TryAsync(yaml, overrides, null, CancellationToken.None)).Problems;
}
