using System.Net;
using Nexus.Data.Identity;
using Nexus.Inference.Onnx;
using Nexus.Web.Tests.Registry;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Strangers;

/// <summary>Models that load and never end, or want all memory: the process that tries them is stopped, and the portal answers others meanwhile.</summary>
[Trait("Length", "Long")]
public sealed class HostileModelTests(PortalApp portal) : IClassFixture<PortalApp>
{
    private static readonly Dictionary<string, long> Opsets = new() { [""] = 20 };
    private static readonly OnnxValueInfo[] Inputs = [new("x", OnnxElement.Float, [-1, 1])];
    private static readonly OnnxValueInfo[] Outputs = [new("y", OnnxElement.Float, [-1, 1])];

    [Theory]
    [InlineData("matrices", "within 20 s")]
    [InlineData("a loop", "within 20 s")]
    [InlineData("a loop in a branch", "within 20 s")]
    [InlineData("a loop that grows", "does not run|memory|within 20 s")]
    [InlineData("one constant of 2.4 GB", "does not run|memory")]
    [InlineData("sixty constants of 1 GB", "does not run|memory")]
    public async Task Model_that_never_ends_or_wants_all_memory_is_refused(string what, string why)
    {
        var model = what switch
        {
            "matrices" => Matrices(),
            "a loop" => Written([Loop("y")], Constants(long.MaxValue)),
            "a loop in a branch" => Written([Branch()], Constants(long.MaxValue)),
            "a loop that grows" => Written([Grow(), new("ReduceSum", ["all"], ["s"], [new("keepdims", 0L)]), new("Add", ["x", "s"], ["y"], [])], Constants(long.MaxValue)),
            "one constant of 2.4 GB" => Written([Filled(0), new("ReduceSum", ["c0"], ["s"], [new("keepdims", 0L)]), new("Add", ["x", "s"], ["y"], [])], [OnnxTensor.Of("size", [600_000_000L], 1)]),
            _ => Written(
                [.. Enumerable.Range(0, 60).Select(Filled), new("Sum", [.. Enumerable.Range(0, 60).Select(i => $"c{i}")], ["all"], []), new("ReduceSum", ["all"], ["s"], [new("keepdims", 0L)]), new("Add", ["x", "s"], ["y"], [])],
                [OnnxTensor.Of("size", [250_000_000L], 1)]),
        };
        using var watch = new PortalWatch(portal);
        using var form = Onnx.Form(model);

        using var answer = await portal.As("eva", Role.Engineer).PostAsync("/api/v1/models/hostile/versions", form, TestContext.Current.CancellationToken);

        var detail = (await answer.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity)).GetProperty("detail").GetString()!;
        why.Split('|').ShouldContain(part => detail.Contains(part, StringComparison.Ordinal), detail);
        await watch.ShouldBeCalmAsync();
    }

    private static byte[] Matrices()
    {
        var nodes = new List<OnnxNode> { new("ConstantOfShape", ["size"], ["m0"], []) };
        for (var i = 0; i < 60; i++) nodes.Add(new("MatMul", [$"m{i}", "m0"], [$"m{i + 1}"], []));
        nodes.Add(new("ReduceSum", ["m60"], ["s"], [new("keepdims", 0L)]));
        nodes.Add(new("Add", ["x", "s"], ["y"], []));
        return Written(nodes, [OnnxTensor.Of("size", [8000L, 8000L], 2)]);
    }

    private static OnnxNode Filled(int i) => new("ConstantOfShape", ["size"], [$"c{i}"], []);

    // 2^63 times v := v * v, from x.
    private static OnnxNode Loop(string output) => new("Loop", ["trips", "true", "x"], [output], [new("body", new OnnxGraph(
        "body",
        [new("Identity", ["go"], ["goes"], []), new("Mul", ["v", "v"], ["w"], [])],
        [],
        [new("i", OnnxElement.Int64, []), new("go", OnnxElement.Bool, []), new("v", OnnxElement.Float, [-1, 1])],
        [new("goes", OnnxElement.Bool, []), new("w", OnnxElement.Float, [-1, 1])]))]);

    // Each round keeps another value.
    private static OnnxNode Grow() => new("Loop", ["trips", "true"], ["all"], [new("body", new OnnxGraph(
        "body",
        [new("Identity", ["go"], ["goes"], []), new("ConstantOfShape", ["step"], ["w"], [])],
        [OnnxTensor.Of("step", [1_000_000L], 1)],
        [new("i", OnnxElement.Int64, []), new("go", OnnxElement.Bool, [])],
        [new("goes", OnnxElement.Bool, []), new("w", OnnxElement.Float, [1_000_000])]))]);

    private static OnnxNode Branch()
    {
        var graph = new OnnxGraph("then", [Loop("z")], [], [], [new("z", OnnxElement.Float, [-1, 1])]);
        return new("If", ["true"], ["y"], [new("then_branch", graph), new("else_branch", graph with { Name = "else" })]);
    }

    private static OnnxTensor[] Constants(long trips) => [OnnxTensor.Of("trips", [trips]), new("true", OnnxElement.Bool, [], new byte[] { 1 })];

    private static byte[] Written(IReadOnlyList<OnnxNode> nodes, IReadOnlyList<OnnxTensor> constants) =>
        OnnxWriter.Write(new(new("g", nodes, constants, Inputs, Outputs), Opsets, new Dictionary<string, string>()));
}
