namespace Nexus.Data;

/// <summary>The caller's fault, said in words for the caller. Everything else that is thrown is ours.</summary>
/// <param name="kind">Decides the status.</param>
/// <param name="message">What is wrong and where, as one or more sentences.</param>
public sealed class RefusedException(RefusalKind kind, string message) : Exception(message)
{
    public RefusalKind Kind { get; } = kind;

    /// <summary>Field → messages, where single fields are at fault.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>1-based place in a document, where there is one.</summary>
    public int? Line { get; init; }

    /// <inheritdoc cref="Line"/>
    public int? Column { get; init; }
}
