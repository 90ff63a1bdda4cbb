using System.Buffers;
using Nexus.Data;

namespace Nexus.Web.Agents;

/// <summary>A request's body in one piece: the transport's own memory where it came in one, a rented copy where not.</summary>
internal readonly struct RequestBody : IDisposable
{
    /// <summary>The limit of every body that is not a dataset.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    private readonly System.IO.Pipelines.PipeReader _reader;
    private readonly ReadOnlySequence<byte> _sequence;
    private readonly byte[]? _copy;

    private RequestBody(System.IO.Pipelines.PipeReader reader, ReadOnlySequence<byte> sequence)
    {
        (_reader, _sequence) = (reader, sequence);
        if (sequence.IsSingleSegment) return;
        _copy = ArrayPool<byte>.Shared.Rent((int)sequence.Length);
        sequence.CopyTo(_copy);
    }

    public ReadOnlySpan<byte> Bytes => _copy is null ? _sequence.FirstSpan : _copy.AsSpan(0, (int)_sequence.Length);

    /// <exception cref="RefusedException">TooLarge.</exception>
    public static ValueTask<RequestBody> ReadAsync(HttpContext http)
    {
        var reader = http.Request.BodyReader;
        // Most bodies came with their headers.
        return reader.TryRead(out var result) && result.IsCompleted && result.Buffer.Length <= MaxBytes
            ? new(new RequestBody(reader, result.Buffer))
            : WaitAsync(reader, result);
    }

    public void Dispose()
    {
        _reader.AdvanceTo(_sequence.End);
        if (_copy is not null) ArrayPool<byte>.Shared.Return(_copy);
    }

    private static async ValueTask<RequestBody> WaitAsync(System.IO.Pipelines.PipeReader reader, System.IO.Pipelines.ReadResult result)
    {
        while (!result.IsCompleted)
        {
            if (result.Buffer.Length > MaxBytes) throw Refused.TooLarge($"The body is larger than {MaxBytes:N0} bytes.");
            if (!result.Buffer.IsEmpty || result.IsCanceled) reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            result = await reader.ReadAsync(); // the server ends it with the connection
        }

        return result.Buffer.Length <= MaxBytes ? new(reader, result.Buffer) : throw Refused.TooLarge($"The body is larger than {MaxBytes:N0} bytes.");
    }
}
