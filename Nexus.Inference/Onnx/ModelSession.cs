using System.Collections.Concurrent;
using Microsoft.ML.OnnxRuntime;
using Nexus.Data;
using Nexus.Data.Registry;

namespace Nexus.Inference.Onnx;

/// <summary>
/// A loaded, warm model that many requests share; one thread a call, concurrency from the requests. It is counted: whoever
/// uses it enters and leaves, and it is disposed when its owner has let go and the last request has left.
/// </summary>
public sealed class ModelSession
{
    // Slots for the batch sizes that clients repeat; others are made for the call.
    private const int LargestPooledRows = 1024;
    private const int PooledSizes = 16;

    private readonly ConcurrentDictionary<int, SlotRack> _slots = new();
    private int _uses = 1;

    private ModelSession(InferenceSession inner, ModelSignature? signature)
    {
        Inner = inner;
        Inputs = [.. inner.InputNames.Select(name => Port(name, inner.InputMetadata[name]) ?? throw Unsupported(name))];
        // What is no tensor (a classifier's map of probabilities) is left out, and then not computed either.
        Outputs = [.. inner.OutputNames.Select(name => Port(name, inner.OutputMetadata[name])).OfType<TensorPort>()];
        if (Outputs.Count == 0) throw Refused.Invalid("The model has no output that is a tensor.");
        IsRowWise = Inputs.All(i => i is { HasRows: true, RowElements: >= 0, Shape.Length: <= 8 });
        ShapesKnown = Inputs.All(i => i.HasRows) && Outputs.All(o => o is { HasRows: true, RowElements: >= 0 });
        Reading = OutputReading.Of(Outputs, signature);
    }

    public IReadOnlyList<TensorPort> Inputs { get; }

    /// <summary>The outputs that are tensors.</summary>
    public IReadOnlyList<TensorPort> Outputs { get; }

    /// <summary>Which outputs are label and scores.</summary>
    public OutputReading Reading { get; }

    /// <summary>Whether every input's first dimension counts rows and the others are fixed.</summary>
    public bool IsRowWise { get; }

    /// <summary>Whether nobody can enter any more.</summary>
    internal bool IsGone => Volatile.Read(ref _uses) <= 0;

    internal bool ShapesKnown { get; private set; }

    internal InferenceSession Inner { get; }

    internal RunOptions RunOptions { get; } = new();

    /// <summary>Loads and warms; takes a moment, so call it away from a request's thread.</summary>
    /// <exception cref="RefusedException">Invalid, where ONNX Runtime does not load it.</exception>
    public static ModelSession Load(string path, ModelSignature? signature)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        InferenceSession inner;
        try
        {
            inner = new InferenceSession(path, options);
        }
        catch (OnnxRuntimeException e)
        {
            throw Refused.Invalid($"ONNX Runtime does not load the model: {e.Message}");
        }

        var session = new ModelSession(inner, signature);
        session.Warm();
        return session;
    }

    /// <returns>False where it is gone already: look up its successor.</returns>
    public bool TryEnter()
    {
        var uses = Volatile.Read(ref _uses);
        while (uses > 0)
        {
            var seen = Interlocked.CompareExchange(ref _uses, uses + 1, uses);
            if (seen == uses) return true;
            uses = seen;
        }

        return false;
    }

    /// <summary>Ends a use, or the ownership that <see cref="Load"/> gave.</summary>
    public void Leave()
    {
        if (Interlocked.Decrement(ref _uses) > 0) return;
        foreach (var rack in _slots.Values) rack.Dispose();
        RunOptions.Dispose();
        Inner.Dispose();
    }

    /// <param name="rows">The size of the batch, so that a slot of that size comes back where there is one.</param>
    public InferenceSlot Rent(int rows) =>
        _slots.TryGetValue(rows, out var rack) && rack.Take() is { } slot ? slot : new InferenceSlot(this) { PooledRows = rows };

    /// <summary>Before <see cref="Leave"/>.</summary>
    public void Return(InferenceSlot slot)
    {
        if (RackOf(slot.PooledRows)?.TryPut(slot) != true) slot.Dispose();
    }

    /// <summary>Null where slots of that size are not kept.</summary>
    private SlotRack? RackOf(int rows) =>
        _slots.TryGetValue(rows, out var rack) ? rack
        : rows is > 0 and <= LargestPooledRows && _slots.Count < PooledSizes ? _slots.GetOrAdd(rows, static _ => new())
        : null;

    private static TensorPort? Port(string name, NodeMetadata node) =>
        node.OnnxValueType == OnnxValueType.ONNX_TYPE_TENSOR && Datatypes.From(node.ElementDataType) is { } type
            ? new TensorPort(name, type, [.. node.Dimensions.Select(d => d < 0 ? -1L : d)])
            : null;

    private static RefusedException Unsupported(string input) => Refused.Invalid($"The input '{input}' is not a tensor of a type that requests can carry.");

    /// <summary>
    /// First calls allocate and plan; a request should not pay for it. It also tells whether the model keeps the shapes it
    /// declares: one that does not lets the runtime allocate its outputs.
    /// </summary>
    private void Warm()
    {
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var slot = Rent(1);
            try
            {
                Blank(slot);
                slot.Run(1);
                Return(slot);
            }
            catch (RefusedException)
            {
                // Blanks need not be values that the model knows; only the shapes are learnt from here.
                ShapesKnown = false;
                slot.Dispose();
            }
        }
    }

    private static void Blank(InferenceSlot slot)
    {
        for (var i = 0; i < slot.Inputs.Length; i++)
        {
            var input = slot.Prepare(i, [.. slot.Inputs[i].Port.Shape.Select(d => d < 0 ? 1 : d)]);
            if (input.Port.Datatype != Datatype.Bytes) input.Raw.Clear();
            else for (var e = 0; e < input.Count; e++) input.SetText(e, []);
        }
    }
}
