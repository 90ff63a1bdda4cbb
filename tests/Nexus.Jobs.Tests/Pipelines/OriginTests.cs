using System.Text.Json.Nodes;
using CsCheck;
using Nexus.Data;
using Nexus.Jobs.Pipelines.Documents;
using Nexus.Jobs.Pipelines.Documents.Grammar;
using Shouldly;
using Xunit;

namespace Nexus.Jobs.Tests.Pipelines;

public sealed class OriginTests
{
    private const string Ingest = "steps:\n  ingest: { component: ingest, with: { value: \"${training.leaves}\" } }\n";

    [Fact]
    public async Task Origin_names_the_text_and_place_that_a_value_came_from()
    {
        var composer = Composer(new(("data/elec2", "name: elec2\nrows: 10\n"), ("training/fast", "leaves: 31\nhome: \"${env:NEXUS_HOME}\"\n")));
        var document = await composer.ComposeAsync(
            "defaults: [ {data: elec2}, {training: fast} ]\nparams: { list: [1, \"x${data.rows}\"], empty: {} }\n" + Ingest, ["data.rows=12", "+training.more={a: 1}"], "elec2@3", CancellationToken.None);

        document.Origins.Select(o => $"{o.Key}: {o.Value.Source} {o.Value.Name} {o.Value.Line}:{o.Value.Column} {string.Join(' ', o.Value.Via ?? [])}".TrimEnd()).ShouldBe([
            "data.name: config data/elec2@1 1:7",
            "data.rows: override data.rows=12 1:11",
            "params.empty: pipeline  2:46",
            "params.list.0: pipeline  2:18",
            "params.list.1: pipeline  2:21 ${data.rows}",
            "steps.ingest.component: pipeline  4:24",
            "steps.ingest.with.dataset: override dataset=elec2@3 1:9",
            "steps.ingest.with.value: config training/fast@1 1:9 ${training.leaves}",
            "training.home: environment NEXUS_HOME 2:7 ${env:NEXUS_HOME}",
            "training.leaves: config training/fast@1 1:9",
            "training.more.a: override +training.more={a: 1} 1:20",
        ]);
        document.Configs.Select(c => c.ToString()).ShouldBe(["data/elec2@1", "training/fast@1"]);
    }

    /// <summary>Any pipeline over any configs and overrides: composing it twice gives the same, and each origin, read again, gives the value.</summary>
    [Fact]
    public async Task Composing_is_deterministic_and_every_origin_is_true()
    {
        await Case.SampleAsync(async made =>
        {
            var store = new FakeConfigs(("data/one", made.Data), ("training/one", made.Training), ("training/base", made.Base));
            var yaml = $"defaults: [ {{data: one}}, {made.Self}{{training: one}} ]\n{made.Own}{Ingest}";
            string[] overrides = [.. made.Overrides];
            var document = await Composer(store).ComposeAsync(yaml, overrides, null, CancellationToken.None);
            var again = await Composer(store).ComposeAsync(yaml, overrides, null, CancellationToken.None);

            (again.Composed, again.Digest, CanonicalJson.Write(again.Origins)).ShouldBe((document.Composed, document.Digest, CanonicalJson.Write(document.Origins)));
            var leaves = Leaves("", JsonNode.Parse(document.Composed)).ToDictionary();
            document.Origins.Keys.ShouldBe(leaves.Keys, ignoreOrder: true);
            foreach (var (path, value) in leaves)
            {
                var origin = document.Origins[path];
                var text = origin.Source switch
                {
                    "pipeline" => yaml,
                    "config" => origin.Name switch { "data/one@1" => made.Data, "training/one@1" => made.Training, _ => made.Base },
                    _ => origin.Name!,
                };
                CanonicalJson.Write(Read(text, origin)).ShouldBe(CanonicalJson.Write(value), $"{path} from {origin}");
            }
        }, iter: 300);
    }

    private static Gen<Made> Case
    {
        get
        {
            var scalar = Gen.OneOf(Gen.Int[-9, 99].Select(i => $"{i}"), Gen.Int[1, 9].Select(i => $"0.{i}"), Either("true", "null", "text", "\"a b\"", "[1, x]", "{ deep: 1 }", "[]"));
            var used = Either("\"${data.a}\"", "\"${data.b}\"", "\"${data}\"", "\"${..data.a}\"");
            var config = Gen.Select(scalar, scalar, scalar, (a, b, c) => $"a: {a}\n# remark\nb: {b}\nleaves: 31\nc:\n  d: {c}\n");
            var training = Gen.Select(scalar, used, Gen.Bool, (a, u, based) => $"{(based ? "defaults: [ base ]\n" : "")}a: {a}\nu: {u}\nleaves: 7\n");
            var own = Gen.Select(scalar, used, Gen.Bool, (a, u, more) => $"params:\n  p: {a}\n  q: {u.Replace("..", "", StringComparison.Ordinal)}\n{(more ? "training: { a: 5, leaves: 3 }\n" : "")}");
            var @override = Gen.OneOf(
                Gen.Select(Either("data.a=", "params.p=", "training.a=", "++training.new=", "+params.extra="), scalar, (key, value) => key + value),
                Either("training=base", "~data.b", "params.q=${data.c.d}"));
            return Gen.Select(config, training, config, own, Either("", "_self_, "), @override.Array[0, 3], (data, train, based, mine, self, overrides) =>
                new Made(data, train, based, mine, self, overrides.DistinctBy(o => o.Split('=')[0]).Where(o => o != "~data.b" || !(train + mine + string.Concat(overrides)).Contains("data.b", StringComparison.Ordinal)).ToArray()));
        }
    }

    private static Gen<string> Either(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static PipelineComposer Composer(FakeConfigs store) =>
        new(ComposerBench.Catalog, store, new(["NEXUS_HOME"], _ => "/home/nexus"));

    // The scalar, list or mapping that stands exactly there.
    private static JsonNode? Read(string text, ValueOrigin origin)
    {
        var root = origin.Source == "override" ? Value(text) : YamlReader.Read(text, [])!;
        var found = All(root).Where(n => (n.Place.Line, n.Place.Column) == (origin.Line, origin.Column)).ToList();
        return found.ShouldHaveSingleItem($"{origin} in {text}").ToJson();
    }

    private static DocumentNode Value(string @override) => OverrideEditor.Parse(@override).Value.ShouldBeOfType<ValueTerm>().Node;

    private static IEnumerable<DocumentNode> All(DocumentNode node)
    {
        var children = node.Members.Select(m => m.Node).Concat(node.Items).ToList();
        return children.Count == 0 ? [node] : children.SelectMany(All);
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Leaves(string path, JsonNode? node) => node switch
    {
        JsonObject { Count: > 0 } members => members.SelectMany(m => Leaves(path.Length == 0 ? m.Key : $"{path}.{m.Key}", m.Value)),
        JsonArray { Count: > 0 } items => items.SelectMany((item, i) => Leaves($"{path}.{i}", item)),
        _ => [KeyValuePair.Create(path, node)],
    };

    private sealed record Made(string Data, string Training, string Base, string Own, string Self, IReadOnlyList<string> Overrides);
}
