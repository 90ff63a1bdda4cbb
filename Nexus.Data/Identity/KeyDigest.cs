using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Nexus.Data.Identity;

/// <summary>SHA-256 of a key, as a value to look it up by: what a look-up takes says nothing about the key itself.</summary>
internal readonly record struct KeyDigest(UInt128 First, UInt128 Second)
{
    public static KeyDigest Of(string key)
    {
        Span<byte> bytes = stackalloc byte[Encoding.UTF8.GetMaxByteCount(key.Length)];
        Span<UInt128> digest = stackalloc UInt128[2];
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(key, bytes)], MemoryMarshal.AsBytes(digest));
        return new(digest[0], digest[1]);
    }

    public bool FixedTimeEquals(ReadOnlySpan<byte> digest)
    {
        Span<UInt128> mine = [First, Second];
        return CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(mine), digest);
    }

    /// <summary>Lower-case hex, as the database holds it.</summary>
    public override string ToString()
    {
        Span<UInt128> mine = [First, Second];
        return Convert.ToHexStringLower(MemoryMarshal.AsBytes(mine));
    }
}
