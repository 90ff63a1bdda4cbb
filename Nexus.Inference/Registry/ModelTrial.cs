using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Nexus.Data;
using Nexus.Data.Registry;

namespace Nexus.Inference.Registry;

/// <summary>
/// Runs a foreign model once: with one row and with three, of zeros and empty texts; first bounded in memory and without the
/// optimizer, then loaded and asked as it will be when it serves.
/// </summary>
internal static class ModelTrial
{
    internal const uint MaxMemory = 2u << 30;
    private const long MaxInputElements = 16 << 20;
    private const int AsRequested = 1; // kSameAsRequested: grow by what is asked for, not by doubling
    private static readonly Lazy<bool> BoundedMemory = new(Bound);

    /// <exception cref="RefusedException">Invalid, with the runtime's own words, where it does not load or run.</exception>
    public static void Run(string path, ModelSignature signature, CancellationToken ct)
    {
        _ = BoundedMemory.Value;
        try
        {
            Check(path, signature, ct);
            using var options = Served();
            using var served = new InferenceSession(path, options);
            Run(served, signature, rows: 1, ct);
        }
        catch (OnnxRuntimeException error)
        {
            throw Refused.Invalid("model", $"The model does not run: {Shorten(error.Message)}");
        }
    }

    /// <summary>As a session that serves is made.</summary>
    private static SessionOptions Served() => new()
    {
        GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        IntraOpNumThreads = 1,
        InterOpNumThreads = 1,
        LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
    };

    private static void Check(string path, ModelSignature signature, CancellationToken ct)
    {
        using var options = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL,
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        options.AddSessionConfigEntry("session.use_env_allocators", "1");
        using var session = new InferenceSession(path, options);
        Run(session, signature, rows: 1, ct);
        // A model whose first dimension is fixed takes so many rows and no other number.
        if (signature.Inputs.All(i => i.Shape is [-1, ..])) Run(session, signature, rows: 3, ct);
    }

    private static void Run(InferenceSession session, ModelSignature signature, int rows, CancellationToken ct)
    {
        using var run = new RunOptions();
        using var stop = ct.Register(() => run.Terminate = true);
        var inputs = new Dictionary<string, OrtValue>(StringComparer.Ordinal);
        try
        {
            foreach (var input in signature.Inputs) inputs[input.Name] = Zeros(session, input, rows);
            using var outputs = session.Run(run, inputs, session.OutputNames);
            foreach (var (output, name) in outputs.Zip(session.OutputNames))
            {
                if (!output.IsTensor) throw Refused.Invalid("model", $"The output '{name}' is not a tensor.");
            }
        }
        finally
        {
            foreach (var value in inputs.Values) value.Dispose();
        }
    }

    private static OrtValue Zeros(InferenceSession session, TensorSignature input, int rows)
    {
        if (!session.InputMetadata.TryGetValue(input.Name, out var metadata) || !metadata.IsTensor)
        {
            throw Refused.Invalid("model", $"The input '{input.Name}' is not one that the runtime knows.");
        }

        var shape = input.Shape.Select((size, at) => size >= 0 ? size : at == 0 ? rows : 1).ToArray();
        if (shape.Aggregate(1.0, (all, size) => all * size) > MaxInputElements) throw Refused.Invalid("model", $"The input '{input.Name}' is too large to be served.");
        if (metadata.ElementDataType == TensorElementType.String) return OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, shape);

        var zeros = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, metadata.ElementDataType, shape);
        zeros.GetTensorMutableRawData().Clear();
        return zeros;
    }

    /// <summary>An arena that refuses beyond its bound instead of bringing the process down; only sessions that ask for it use it.</summary>
    private static bool Bound()
    {
        using var arena = new OrtArenaCfg(MaxMemory, AsRequested, -1, -1);
        using var memory = new OrtMemoryInfo(OrtMemoryInfo.allocatorCPU, OrtAllocatorType.ArenaAllocator, 0, OrtMemType.Default);
        OrtEnv.Instance().CreateAndRegisterAllocator(memory, arena);
        return true;
    }

    private static string Shorten(string message) => message.Length <= 600 ? message : message[..600] + "…";
}
