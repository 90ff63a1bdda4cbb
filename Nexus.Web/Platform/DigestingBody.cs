using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace Nexus.Web.Platform;

/// <summary>
/// Digests a request's body while it is read, whatever its size. The boundary of a multipart form is left out: clients draw
/// a new one for each attempt.
/// </summary>
internal sealed class DigestingBody : Stream
{
    private readonly Stream _inner;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _boundary;
    private byte[] _held = [];

    public DigestingBody(HttpRequest request)
    {
        _inner = request.Body;
        _ = MediaTypeHeaderValue.TryParse(request.ContentType, out var type);
        _boundary = type?.MediaType.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true
            ? Encoding.UTF8.GetBytes(HeaderUtilities.RemoveQuotes(type.Boundary).ToString())
            : [];
        _hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n{type?.MediaType}\n"));
    }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Reads what is left and answers the digest of all, lower-case hex.</summary>
    public async Task<string> FinishAsync(CancellationToken ct)
    {
        var rest = new byte[64 * 1024];
        while (await ReadAsync(rest, ct) > 0)
        {
        }

        _hash.AppendData(_held);
        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await _inner.ReadAsync(buffer, cancellationToken);
        Append(buffer.Span[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Bodies are read asynchronously.");

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _hash.Dispose();
        base.Dispose(disposing);
    }

    private void Append(ReadOnlySpan<byte> read)
    {
        if (_boundary.Length == 0)
        {
            _hash.AppendData(read);
            return;
        }

        byte[] seen = [.. _held, .. read];
        ReadOnlySpan<byte> rest = seen;
        for (int at; (at = rest.IndexOf(_boundary)) >= 0; rest = rest[(at + _boundary.Length)..]) _hash.AppendData(rest[..at]);

        // The end may hold the beginning of a boundary.
        var keep = Math.Min(rest.Length, _boundary.Length - 1);
        _hash.AppendData(rest[..^keep]);
        _held = rest[^keep..].ToArray();
    }
}
