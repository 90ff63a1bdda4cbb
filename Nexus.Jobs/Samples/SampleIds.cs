using System.Security.Cryptography;
using System.Text;

namespace Nexus.Jobs.Samples;

/// <summary>Row ids that follow from the workspace and a word: asked for again after a kill, they are the same.</summary>
internal static class SampleIds
{
    /// <summary>A UUIDv7 of the time when the workspace was begun.</summary>
    public static Guid Of(DateTimeOffset begun, string word)
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7(begun).TryWriteBytes(bytes, bigEndian: true, out _);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{begun.UtcTicks}/{word}"));
        hash.AsSpan(0, 10).CopyTo(bytes[6..]);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new(bytes, bigEndian: true);
    }
}
