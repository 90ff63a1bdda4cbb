using Google.Protobuf;

namespace Nexus.Inference.Onnx;

/// <summary>Writes ONNX files: the protobuf messages of the ONNX specification (onnx.proto), by their field numbers. The same model gives the same bytes.</summary>
public static class OnnxWriter
{
    public static byte[] Write(OnnxModel model) => Message(m =>
    {
        m.Integer(1, model.IrVersion);
        m.Text(2, "nexus-portal");
        m.Bytes(7, Graph(model.Graph));
        foreach (var (domain, version) in model.Opsets.OrderBy(o => o.Key, StringComparer.Ordinal)) m.Bytes(8, Message(o =>
        {
            o.Text(1, domain);
            o.Integer(2, version);
        }));
        foreach (var (key, value) in model.Metadata.OrderBy(o => o.Key, StringComparer.Ordinal)) m.Bytes(14, Message(e =>
        {
            e.Text(1, key);
            e.Text(2, value);
        }));
    });

    private static byte[] Graph(OnnxGraph graph) => Message(m =>
    {
        foreach (var node in graph.Nodes) m.Bytes(1, Node(node));
        m.Text(2, graph.Name);
        foreach (var tensor in graph.Initializers) m.Bytes(5, Tensor(tensor));
        foreach (var input in graph.Inputs) m.Bytes(11, ValueInfo(input));
        foreach (var output in graph.Outputs) m.Bytes(12, ValueInfo(output));
    });

    private static byte[] Node(OnnxNode node) => Message(m =>
    {
        foreach (var input in node.Inputs) m.Text(1, input);
        foreach (var output in node.Outputs) m.Text(2, output);
        m.Text(4, node.OpType);
        foreach (var attribute in node.Attributes) m.Bytes(5, Attribute(attribute));
        if (node.Domain.Length > 0) m.Text(7, node.Domain);
    });

    private static byte[] Attribute(OnnxAttribute attribute) => Message(m =>
    {
        m.Text(1, attribute.Name);
        switch (attribute.Value)
        {
            case float number: m.Float(2, number); m.Integer(20, 1); break;
            case long number: m.Integer(3, number); m.Integer(20, 2); break;
            case string text: m.Text(4, text); m.Integer(20, 3); break;
            case OnnxTensor tensor: m.Bytes(5, Tensor(tensor)); m.Integer(20, 4); break;
            case OnnxGraph graph: m.Bytes(6, Graph(graph)); m.Integer(20, 5); break;
            case IReadOnlyList<float> numbers: m.Floats(7, numbers); m.Integer(20, 6); break;
            case IReadOnlyList<long> numbers: m.Integers(8, numbers); m.Integer(20, 7); break;
            case IReadOnlyList<string> texts:
                foreach (var text in texts) m.Text(9, text);
                m.Integer(20, 8);
                break;
            default: throw new ArgumentException($"'{attribute.Name}' is of no kind that ONNX has.", nameof(attribute));
        }
    });

    private static byte[] Tensor(OnnxTensor tensor) => Message(m =>
    {
        m.Integers(1, tensor.Dims);
        m.Integer(2, (long)tensor.Element);
        foreach (var text in tensor.Texts ?? []) m.Text(6, text);
        m.Text(8, tensor.Name);
        if (tensor.Texts is null) m.Bytes(9, tensor.Raw);
    });

    private static byte[] ValueInfo(OnnxValueInfo value) => Message(m =>
    {
        m.Text(1, value.Name);
        m.Bytes(2, Message(type => type.Bytes(1, Message(tensor =>
        {
            tensor.Integer(1, (long)value.Element);
            tensor.Bytes(2, Message(shape =>
            {
                foreach (var size in value.Shape) shape.Bytes(1, Message(dim =>
                {
                    if (size >= 0) dim.Integer(1, size);
                    else dim.Text(2, "rows");
                }));
            }));
        }))));
        if (value.Documentation.Length > 0) m.Text(3, value.Documentation);
    });

    private static byte[] Message(Action<Fields> write)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true)) write(new(output));
        return stream.ToArray();
    }

    private readonly struct Fields(CodedOutputStream output)
    {
        public void Integer(int field, long value)
        {
            output.WriteTag(field, WireFormat.WireType.Varint);
            output.WriteInt64(value);
        }

        public void Float(int field, float value)
        {
            output.WriteTag(field, WireFormat.WireType.Fixed32);
            output.WriteFloat(value);
        }

        public void Text(int field, string value)
        {
            output.WriteTag(field, WireFormat.WireType.LengthDelimited);
            output.WriteString(value);
        }

        public void Bytes(int field, ReadOnlyMemory<byte> value)
        {
            output.WriteTag(field, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(UnsafeByteOperations.UnsafeWrap(value));
        }

        public void Integers(int field, IReadOnlyList<long> values)
        {
            if (values.Count == 0) return;
            output.WriteTag(field, WireFormat.WireType.LengthDelimited);
            output.WriteLength(values.Sum(CodedOutputStream.ComputeInt64Size));
            foreach (var value in values) output.WriteInt64(value);
        }

        public void Floats(int field, IReadOnlyList<float> values)
        {
            if (values.Count == 0) return;
            output.WriteTag(field, WireFormat.WireType.LengthDelimited);
            output.WriteLength(values.Count * sizeof(float));
            foreach (var value in values) output.WriteFloat(value);
        }
    }
}
