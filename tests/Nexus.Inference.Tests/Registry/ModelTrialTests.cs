using Nexus.Data;
using Nexus.Data.Registry;
using Nexus.Inference.Onnx;
using Nexus.Inference.Registry;
using Shouldly;
using Xunit;

namespace Nexus.Inference.Tests.Registry;

/// <summary>What is said of a model in its trial. The process around it is tested with the portal's executable.</summary>
public sealed class ModelTrialTests
{
    private static readonly Dictionary<string, long> Opsets = new() { [""] = 20 };

    [Theory]
    [InlineData(OnnxElement.Float)]
    [InlineData(OnnxElement.Int64)]
    [InlineData(OnnxElement.Bool)]
    [InlineData(OnnxElement.Text)]
    [InlineData(OnnxElement.Float16)]
    [InlineData(OnnxElement.Double)]
    public Task Model_of_any_type_that_runs_is_let_in(OnnxElement element) => CheckAsync(Graph(element, new("Identity", ["x"], ["y"], [])));

    [Fact]
    public async Task Model_with_an_unknown_operator_is_refused_in_the_runtimes_words() =>
        (await RefusalAsync(Graph(OnnxElement.Float, new("Levitate", ["x"], ["y"], [])))).ShouldContain("Levitate");

    [Fact]
    public async Task Model_that_fails_as_it_runs_is_refused()
    {
        // Asks for 3 columns of an input that has one.
        var graph = Graph(OnnxElement.Float, new("Reshape", ["x", "shape"], ["y"], [])) with { Initializers = [OnnxTensor.Of("shape", [7L, 3L], 2)] };

        (await RefusalAsync(graph)).ShouldContain("does not run");
    }

    [Fact]
    public async Task Model_that_wants_more_memory_than_there_is_is_refused()
    {
        var graph = new OnnxGraph(
            "g",
            [new("ConstantOfShape", ["size"], ["large"], []), new("ReduceSum", ["large"], ["sum"], [new("keepdims", 0L)]), new("Add", ["x", "sum"], ["y"], [])],
            [OnnxTensor.Of("size", [600_000_000L], 1)], // 2.4 GB, which the machine has
            [new("x", OnnxElement.Float, [-1, 1])],
            [new("y", OnnxElement.Float, [-1, 1])]);

        (await RefusalAsync(graph)).ShouldContain("does not run");
    }

    [Fact]
    public async Task Model_with_an_input_too_large_to_serve_is_refused()
    {
        var graph = Graph(OnnxElement.Float, new("Identity", ["x"], ["y"], [])) with { Inputs = [new("x", OnnxElement.Float, [-1, 1L << 40])] };

        (await RefusalAsync(graph)).ShouldContain("too large");
    }

    [Fact]
    public async Task Model_with_a_fixed_number_of_rows_is_run_with_that_number() =>
        await CheckAsync(Graph(OnnxElement.Float, new("Identity", ["x"], ["y"], [])) with { Inputs = [new("x", OnnxElement.Float, [2, 1])] });

    private static OnnxGraph Graph(OnnxElement element, OnnxNode node) =>
        new("g", [node], [], [new("x", element, [-1, 1])], [new("y", element, [-1, 1])]);

    private static async Task<string> RefusalAsync(OnnxGraph graph)
    {
        var refused = await Should.ThrowAsync<RefusedException>(() => CheckAsync(graph));
        refused.Kind.ShouldBe(RefusalKind.Invalid);
        return refused.Message;
    }

    private static async Task CheckAsync(OnnxGraph graph)
    {
        var bytes = OnnxWriter.Write(new(graph, Opsets, new Dictionary<string, string>()));
        var inspection = OnnxInspector.Inspect(bytes);
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
            ModelTrial.Run(path, new ModelSignature(inspection.Inputs, inspection.Outputs), TestContext.Current.CancellationToken);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
