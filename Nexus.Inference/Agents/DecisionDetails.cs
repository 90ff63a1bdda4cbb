namespace Nexus.Inference.Agents;

/// <summary>What came with a request besides the model's inputs; all UTF-8, valid during the call.</summary>
public readonly ref struct DecisionDetails
{
    /// <summary>Texts of a unit or subject have at most this many characters.</summary>
    public const int MaxText = 256;

    /// <summary>Bytes of the context's JSON.</summary>
    public const int MaxContext = 16 * 1024;

    public ReadOnlySpan<byte> Unit { get; init; }

    public bool HasUnit { get; init; }

    public ReadOnlySpan<byte> Subject { get; init; }

    public bool HasSubject { get; init; }

    /// <summary>The inputs' JSON as sent; empty where they came as tensors.</summary>
    public ReadOnlySpan<byte> Inputs { get; init; }

    /// <summary>The context's JSON object; empty for none.</summary>
    public ReadOnlySpan<byte> Context { get; init; }
}
