using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Nexus.Jobs.Training.Features;

/// <summary>MurmurHash3, x86, 32 bits, seed 0 (Austin Appleby): what ONNX Runtime's operator MurmurHash3 computes over a text's UTF-8 bytes.</summary>
internal static class Murmur3
{
    public static uint Hash(string text) => Hash(Encoding.UTF8.GetBytes(text));

    public static uint Hash(ReadOnlySpan<byte> bytes)
    {
        uint hash = 0;
        var rest = bytes;
        for (; rest.Length >= 4; rest = rest[4..])
        {
            hash ^= Mix(BinaryPrimitives.ReadUInt32LittleEndian(rest));
            hash = (BitOperations.RotateLeft(hash, 13) * 5) + 0xE6546B64;
        }

        uint tail = 0;
        for (var i = rest.Length - 1; i >= 0; i--) tail = (tail << 8) | rest[i];
        if (rest.Length > 0) hash ^= Mix(tail);
        hash ^= (uint)bytes.Length;
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
        return hash ^ (hash >> 16);
    }

    private static uint Mix(uint block) => BitOperations.RotateLeft(block * 0xCC9E2D51, 15) * 0x1B873593;
}
