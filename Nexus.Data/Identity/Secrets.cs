using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Nexus.Data.Identity;

/// <summary>Tokens of 256 random bits. They are kept as their SHA-256: nothing to guess, so nothing to salt or stretch.</summary>
internal static class Secrets
{
    public static string New(string prefix) => prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>Lower-case hex.</summary>
    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
