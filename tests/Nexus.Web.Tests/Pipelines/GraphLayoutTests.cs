using CsCheck;
using Nexus.Web.Pipelines;
using Nexus.Web.Shell;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Pipelines;

public sealed class GraphLayoutTests
{
    [Fact]
    public void Layout_puts_every_step_behind_its_inputs_and_nobody_on_another()
    {
        // A step takes from any earlier ones: what the documents allow.
        var graphs = Gen.Int[1, 12].SelectMany(count => Gen.Bool.Array[count * count].Select(edges => Enumerable.Range(0, count)
            .Select(to => Node($"s{to}", [.. Enumerable.Range(0, to).Where(from => edges[(to * count) + from]).Select(from => $"s{from}")])).ToList()));
        graphs.Sample(nodes =>
        {
            var layout = new GraphLayout(nodes);
            foreach (var (from, to) in layout.Edges) layout[from].Layer.ShouldBeLessThan(layout[to].Layer);
            nodes.Select(node => layout[node.Name]).ShouldBeUnique();
            foreach (var node in nodes.Where(node => node.From.Count > 0)) layout.Edges.ShouldContain(edge => edge.To == node.Name);
        });
    }

    [Fact]
    public void Layout_leaves_out_what_another_way_implies()
    {
        var layout = new GraphLayout([Node("transform"), Node("train", "transform"), Node("evaluate", "train", "transform")]);
        layout.Edges.ShouldBe([("transform", "train"), ("train", "evaluate")]);
    }

    [Fact]
    public void Layout_of_a_hundred_steps_that_each_take_the_two_before_is_there_at_once()
    {
        var nodes = Enumerable.Range(0, 100).Select(i => Node($"s{i}", [.. Enumerable.Range(Math.Max(0, i - 2), Math.Min(i, 2)).Select(from => $"s{from}")])).ToList();

        var layout = new GraphLayout(nodes); // by every way through them it would never end

        layout.Edges.ShouldBe(Enumerable.Range(1, 99).Select(i => ($"s{i - 1}", $"s{i}")));
    }

    [Fact]
    public void Layout_of_a_circle_or_an_unknown_input_still_stands()
    {
        var layout = new GraphLayout([Node("a", "b"), Node("b", "a"), Node("c", "nobody")]);
        layout.Layers.ShouldBeGreaterThan(0);
        layout["c"].Layer.ShouldBe(0);
    }

    private static GraphNode Node(string name, params string[] from) => new(name, "", ChipState.Plain, from);
}
