using CsCheck;
using Nexus.Data;
using Nexus.Inference.Onnx;
using Shouldly;
using Xunit;

namespace Nexus.Inference.Tests.Onnx;

public sealed class OnnxInspectorTests
{
    private static readonly Gen<string> Name = Gen.String[Gen.Char.AlphaNumeric, 1, 12];

    [Fact]
    public void Inspect_of_what_was_written_reads_the_same()
    {
        var info = Gen.Select(Name, Gen.Enum<OnnxElement>().Where(e => OnnxDatatypes.Of(e) is not null), Gen.Long[-1, 1 << 20].Array[0, 4]);
        Gen.Select(info.Array[1, 5], info.Array[1, 3], Gen.Dictionary(Name, Gen.String)[0, 3]).Sample((inputs, outputs, metadata) =>
        {
            var model = new OnnxModel(
                new("g", [], [], [.. inputs.Select(Value)], [.. outputs.Select(Value)]),
                new Dictionary<string, long> { [""] = 20, ["ai.onnx.ml"] = 3 }, metadata);
            var read = OnnxInspector.Inspect(OnnxWriter.Write(model));
            read.Problems.ShouldBeEmpty();
            read.Inputs.Select(i => (i.Name, i.Datatype, string.Join(',', i.Shape)))
                .ShouldBe(inputs.Select(i => (i.Item1, OnnxDatatypes.Of(i.Item2)!, string.Join(',', i.Item3))));
            read.Outputs.Count.ShouldBe(outputs.Length);
            read.Opsets.ShouldBe(new Dictionary<string, long> { ["ai.onnx"] = 20, ["ai.onnx.ml"] = 3 }, ignoreOrder: true);
            read.Metadata.OrderBy(m => m.Key, StringComparer.Ordinal).ShouldBe(metadata.OrderBy(m => m.Key, StringComparer.Ordinal));
        });

        static OnnxValueInfo Value((string Name, OnnxElement Element, long[] Shape) of) => new(of.Name, of.Element, of.Shape);
    }

    [Fact]
    public void Inspect_of_foreign_operators_names_each()
    {
        var problems = Inspect(new OnnxNode("Fancy", ["x"], ["y"], [], "acme.ops")).Problems;
        problems.ShouldHaveSingleItem().ShouldContain("'Fancy' is of the domain 'acme.ops'");
    }

    [Fact]
    public void Inspect_counts_constants_out_of_the_inputs()
    {
        var graph = new OnnxGraph(
            "g", [new("Add", ["x", "w"], ["y"], [])], [OnnxTensor.Of("w", [1f], 1)],
            [new("x", OnnxElement.Float, [-1, 1]), new("w", OnnxElement.Float, [1])], [new("y", OnnxElement.Float, [-1, 1])]);
        var read = OnnxInspector.Inspect(OnnxWriter.Write(new(graph, Opsets, Nothing)));
        read.Inputs.ShouldHaveSingleItem().Name.ShouldBe("x");
        read.Nodes.ShouldBe(1);
    }

    [Fact]
    public void Inspect_of_external_weights_is_a_problem()
    {
        // TensorProto { name: "w", data_location: EXTERNAL } in a graph's initializers.
        byte[] tensor = [0x42, 1, (byte)'w', 0x70, 1];
        OnnxInspector.Inspect(Model([0x2A, (byte)tensor.Length, .. tensor])).Problems.ShouldContain(p => p.Contains("another file", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(22)]
    [InlineData(23)]
    public void Inspect_of_sparse_constants_in_an_attribute_is_a_problem(int field)
    {
        // NodeProto { op_type: "Constant", attribute: { sparse_tensor(s): { values: { data_location: EXTERNAL } } } }
        byte[] values = [0x70, 1];
        byte[] sparse = [0x0A, (byte)values.Length, .. values];
        byte[] attribute = [(byte)(((field << 3) | 2) & 0x7F | 0x80), (byte)(field >> 4), (byte)sparse.Length, .. sparse];
        byte[] node = [0x22, 8, .. "Constant"u8, 0x2A, (byte)attribute.Length, .. attribute];
        OnnxInspector.Inspect(Model([0x0A, (byte)node.Length, .. node])).Problems.ShouldContain(p => p.Contains("sparse", StringComparison.Ordinal));
    }

    // To 32 bits these are tags of initializers, for whoever cuts them: field 5 beneath 2^29 fields, and beneath a bit 32.
    [Theory]
    [InlineData(new byte[] { 0xAA, 0x80, 0x80, 0x80, 0x10 })]
    [InlineData(new byte[] { 0xAA, 0x80, 0x80, 0x80, 0x80, 0x01 })]
    [InlineData(new byte[] { 0xAA, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01 })]
    public void Inspect_of_a_tag_beyond_32_bits_refuses(byte[] tag)
    {
        byte[] tensor = [0x42, 1, (byte)'w', 0x70, 1];
        Should.Throw<RefusedException>(() => OnnxInspector.Inspect(Model([.. tag, (byte)tensor.Length, .. tensor]))).Kind.ShouldBe(RefusalKind.Invalid);
    }

    [Fact]
    public void Inspect_of_any_bytes_answers_or_refuses()
    {
        var whole = OnnxWriter.Write(new(new("g", [new("Add", ["x", "x"], ["y"], [new("a", 1L)])], [OnnxTensor.Of("w", [1f], 1)],
            [new("x", OnnxElement.Float, [-1, 1])], [new("y", OnnxElement.Float, [-1, 1])]), Opsets, Nothing));
        for (var cut = 0; cut < whole.Length; cut++) Try(whole[..cut]);
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte).Sample((at, value) => Try([.. whole[..at], value, .. whole[(at + 1)..]]));
        Gen.Byte.Array[0, 200].Sample(Try);

        static void Try(byte[] bytes)
        {
            try
            {
                OnnxInspector.Inspect(bytes);
            }
            catch (RefusedException refused)
            {
                refused.Kind.ShouldBe(RefusalKind.Invalid);
            }
        }
    }

    private static readonly Dictionary<string, long> Opsets = new() { [""] = 20 };
    private static readonly Dictionary<string, string> Nothing = [];

    /// <summary>A model whose graph has these fields and an output.</summary>
    private static byte[] Model(byte[] fields)
    {
        byte[] graph = [.. fields, 0x62, 3, 0x0A, 1, (byte)'y'];
        return [0x08, 9, 0x3A, (byte)graph.Length, .. graph, 0x42, 2, 0x10, 20];
    }

    private static OnnxInspection Inspect(OnnxNode node) => OnnxInspector.Inspect(OnnxWriter.Write(new(
        new("g", [node], [], [new("x", OnnxElement.Float, [-1, 1])], [new("y", OnnxElement.Float, [-1, 1])]), Opsets, Nothing)));
}
