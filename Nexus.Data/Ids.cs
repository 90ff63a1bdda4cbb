using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Nexus.Data;

/// <summary>Row ids: UUIDv7, in the order of their making in this process, even where the clock is set back.</summary>
public static class Ids
{
    // A clock each, so that one that stands elsewhere (a test's) moves no other's ids.
    private static readonly ConditionalWeakTable<TimeProvider, Sequence> Sequences = [];

    public static Guid New(TimeProvider time) => New(time, time.GetUtcNow());

    /// <param name="now">What that clock said, for whoever has asked it already.</param>
    public static Guid New(TimeProvider time, DateTimeOffset now) => Sequences.GetValue(time, static _ => new()).Next(now.ToUnixTimeMilliseconds());

    /// <summary>When an id of ours was made, to the millisecond; a little later than the clock said where that stood still or went back.</summary>
    public static DateTimeOffset TimeOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        var milliseconds = (long)(BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 16);
        return DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(milliseconds, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));
    }

    /// <summary>RFC 9562, method 1: within a millisecond, and while the clock is behind, the 12 bits after the time count.</summary>
    private sealed class Sequence
    {
        private const int Counts = 1 << 12;

        // Random bytes are drawn by the page: one call to the system serves hundreds of ids.
        private const int Page = 4096;
        private const int Drawn = 8;

        [ThreadStatic]
        private static byte[]? _page;

        [ThreadStatic]
        private static int _used;

        private long _last; // milliseconds and count in one, so that one exchange takes both

        public Guid Next(long milliseconds)
        {
            long last, next;
            do
            {
                last = Volatile.Read(ref _last);
                // A new millisecond begins low, to leave room to count.
                next = milliseconds > last / Counts ? (milliseconds * Counts) + RandomNumberGenerator.GetInt32(Counts / 4) : last + 1;
            }
            while (Interlocked.CompareExchange(ref _last, next, last) != last);

            Span<byte> bytes = stackalloc byte[16];
            NextRandom().CopyTo(bytes[8..]);
            BinaryPrimitives.WriteUInt64BigEndian(bytes, ((ulong)(next / Counts) << 16) | 0x7000 | (ulong)(next % Counts));
            bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
            return new(bytes, bigEndian: true);
        }

        private static ReadOnlySpan<byte> NextRandom()
        {
            if (_page is null || _used + Drawn > Page)
            {
                RandomNumberGenerator.Fill(_page ??= new byte[Page]);
                _used = 0;
            }

            _used += Drawn;
            return _page.AsSpan(_used - Drawn, Drawn);
        }
    }
}
