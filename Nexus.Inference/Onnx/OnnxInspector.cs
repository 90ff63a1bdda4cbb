using Nexus.Data;
using Nexus.Data.Registry;

namespace Nexus.Inference.Onnx;

/// <summary>
/// Reads what an ONNX file takes and gives, and finds what the portal does not serve: operators of foreign domains, weights
/// kept in other files, inputs that are no tensors. Bounded in depth and size, for files from anywhere.
/// </summary>
public static class OnnxInspector
{
    private const int MaxDepth = 16;
    private const int MaxNodes = 200_000;
    private const string Sparse = "It has sparse constants, which are not served.";
    private static readonly HashSet<string> Domains = new(StringComparer.Ordinal) { "ai.onnx", "ai.onnx.ml", "com.microsoft" };

    /// <param name="maxBytes">Beyond it the file is refused as TooLarge.</param>
    /// <exception cref="RefusedException">Invalid, where the bytes are no ONNX model; TooLarge.</exception>
    public static async Task<OnnxInspection> InspectAsync(Stream file, long maxBytes, CancellationToken ct)
    {
        using var copy = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await file.ReadAsync(buffer, ct)) > 0)
        {
            if (copy.Length + read > maxBytes) throw Refused.TooLarge($"The model is larger than {maxBytes:N0} bytes.");
            copy.Write(buffer, 0, read);
        }

        return Inspect(copy.GetBuffer().AsSpan(0, (int)copy.Length));
    }

    /// <exception cref="RefusedException">Invalid, where the bytes are no ONNX model.</exception>
    public static OnnxInspection Inspect(ReadOnlySpan<byte> file)
    {
        try
        {
            return new Walk().Model(file);
        }
        catch (Exception error) when (error is InvalidDataException or OverflowException)
        {
            throw Refused.Invalid("model", $"The file is not an ONNX model: {error.Message}");
        }
    }

    private static string Known(string domain) => domain.Length == 0 ? "ai.onnx" : domain;

    private sealed class Walk
    {
        private readonly Dictionary<string, long> _opsets = new(StringComparer.Ordinal);
        private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);
        private readonly SortedSet<string> _problems = new(StringComparer.Ordinal);
        private List<TensorSignature> _inputs = [];
        private List<TensorSignature> _outputs = [];
        private int _nodes;

        public OnnxInspection Model(ReadOnlySpan<byte> bytes)
        {
            var graphs = 0;
            var reader = new ProtoReader(bytes);
            while (reader.Next())
            {
                if (reader.Field == 7 && ++graphs == 1) Graph(reader.Content, 0, outermost: true);
                if (reader.Field == 8) Opset(reader.Content);
                if (reader.Field == 14) Metadata(reader.Content);
                if (reader.Field == 20) _problems.Add("It carries training information, which is not served.");
                if (reader.Field == 25) _problems.Add("It defines functions of its own; inline them before the upload.");
            }

            if (graphs != 1 || _opsets.Count == 0) throw new InvalidDataException("it has no graph or no operator set.");
            if (_outputs.Count == 0) _problems.Add("It has no outputs.");
            return new(_inputs, _outputs, _opsets, _metadata, _nodes, [.. _problems]);
        }

        private void Opset(ReadOnlySpan<byte> bytes)
        {
            var (domain, version) = ("", 0L);
            var reader = new ProtoReader(bytes);
            while (reader.Next())
            {
                if (reader.Field == 1) domain = reader.Text;
                if (reader.Field == 2) version = (long)reader.Number;
            }

            _opsets[Known(domain)] = version;
        }

        private void Metadata(ReadOnlySpan<byte> bytes)
        {
            var (key, value) = ("", "");
            var reader = new ProtoReader(bytes);
            while (reader.Next())
            {
                if (reader.Field == 1) key = reader.Text;
                if (reader.Field == 2) value = reader.Text;
            }

            _metadata[key] = value;
        }

        private void Graph(ReadOnlySpan<byte> bytes, int depth, bool outermost = false)
        {
            if (depth > MaxDepth) throw new InvalidDataException("its graphs are nested too deeply.");
            var constants = new HashSet<string>(StringComparer.Ordinal);
            var (inputs, outputs) = (new List<TensorSignature>(), new List<TensorSignature>());
            var reader = new ProtoReader(bytes);
            while (reader.Next())
            {
                switch (reader.Field)
                {
                    case 1: Node(reader.Content, depth); break;
                    case 5: constants.Add(Tensor(reader.Content)); break;
                    case 11 when outermost: inputs.Add(ValueInfo(reader.Content, "input")); break;
                    case 12 when outermost: outputs.Add(ValueInfo(reader.Content, "output")); break;
                    case 15: _problems.Add(Sparse); break;
                }
            }

            if (outermost) (_inputs, _outputs) = ([.. inputs.Where(i => !constants.Contains(i.Name))], outputs);
        }

        private void Node(ReadOnlySpan<byte> bytes, int depth)
        {
            if (++_nodes > MaxNodes) throw new InvalidDataException($"it has more than {MaxNodes} nodes.");
            var (op, domain) = ("", "");
            var reader = new ProtoReader(bytes);
            while (reader.Next())
            {
                if (reader.Field == 4) op = reader.Text;
                if (reader.Field == 7) domain = reader.Text;
                if (reader.Field == 5) Attribute(reader.Content, depth);
            }

            if (!Domains.Contains(Known(domain))) _problems.Add($"The operator '{op}' is of the domain '{domain}', which is not served.");
        }

        private void Attribute(ReadOnlySpan<byte> bytes, int depth)
        {
            var reader = new ProtoReader(bytes);
            while (reader.Next())
            {
                if (reader.Field is 5 or 10) Tensor(reader.Content);
                if (reader.Field is 6 or 11) Graph(reader.Content, depth + 1);
                if (reader.Field is 22 or 23) _problems.Add(Sparse);
            }
        }

        private string Tensor(ReadOnlySpan<byte> bytes)
        {
            var name = "";
            var outside = false;
            var reader = new ProtoReader(bytes);
            while (reader.Next())
            {
                if (reader.Field == 8) name = reader.Text;
                if (reader.Field == 13 || (reader.Field == 14 && reader.Number == 1)) outside = true;
            }

            if (outside) _problems.Add("Its weights lie in another file; save it with everything inside.");
            return name;
        }

        private TensorSignature ValueInfo(ReadOnlySpan<byte> bytes, string what)
        {
            var (name, element, shape) = ("", OnnxElement.Undefined, new List<long>());
            var reader = new ProtoReader(bytes);
            while (reader.Next())
            {
                if (reader.Field == 1) name = reader.Text;
                if (reader.Field == 2) element = TensorType(reader.Content, shape);
            }

            if (OnnxDatatypes.Of(element) is not { } datatype)
            {
                _problems.Add($"The {what} '{name}' is not a tensor of a type that is served.");
                datatype = "";
            }

            return new(name, datatype, shape);
        }

        private static OnnxElement TensorType(ReadOnlySpan<byte> bytes, List<long> shape)
        {
            var element = OnnxElement.Undefined;
            var type = new ProtoReader(bytes);
            while (type.Next())
            {
                if (type.Field != 1) continue;
                var tensor = new ProtoReader(type.Content);
                while (tensor.Next())
                {
                    if (tensor.Field == 1) element = (OnnxElement)tensor.Number;
                    if (tensor.Field == 2) Shape(tensor.Content, shape);
                }
            }

            return element;
        }

        private static void Shape(ReadOnlySpan<byte> bytes, List<long> shape)
        {
            var dims = new ProtoReader(bytes);
            while (dims.Next())
            {
                if (dims.Field != 1) continue;
                var size = -1L;
                var dim = new ProtoReader(dims.Content);
                while (dim.Next()) if (dim.Field == 1 && (long)dim.Number >= 0) size = (long)dim.Number;
                shape.Add(size);
            }
        }
    }
}
