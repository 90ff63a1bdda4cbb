using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nexus.Data.Storage.Blobs;

/// <summary>Which columns name blobs: each says so in its own configuration, and the sweep asks the model.</summary>
internal static partial class BlobNames
{
    private const string Annotation = "Nexus:NamesBlobs";
    private static readonly MethodInfo Read = typeof(BlobNames).GetMethod(nameof(ValuesOf), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>The column's text is a blob's digest, or has digests of blobs in it.</summary>
    public static PropertyBuilder<T> NamesBlobs<T>(this PropertyBuilder<T> property) => property.HasAnnotation(Annotation, true);

    public static bool AreIn(IReadOnlyProperty property) => property.FindAnnotation(Annotation) is not null;

    /// <summary>What stands for a digest in a set: its first half is more than enough, and errs on the safe side.</summary>
    public static UInt128 Mark(ReadOnlySpan<char> digest) => UInt128.Parse(digest[..32], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    /// <summary>The marks of all blobs that any row names.</summary>
    public static async Task<HashSet<UInt128>> ReadAsync(NexusDb db, CancellationToken ct)
    {
        var names = new HashSet<UInt128>();
        foreach (var property in db.Model.GetEntityTypes().SelectMany(e => e.GetDeclaredProperties()).Where(AreIn))
        {
            var values = (IAsyncEnumerable<string>)Read.MakeGenericMethod(property.DeclaringType.ClrType).Invoke(null, [db, property.Name])!;
            await foreach (var value in values.WithCancellation(ct))
            {
                foreach (var found in Digest().EnumerateMatches(value)) names.Add(Mark(value.AsSpan(found.Index, found.Length)));
            }
        }

        return names;
    }

    private static IAsyncEnumerable<string> ValuesOf<T>(NexusDb db, string name)
        where T : class => db.Set<T>().AsNoTracking().Where(e => EF.Property<string?>(e, name) != null).Select(e => EF.Property<string>(e, name)).AsAsyncEnumerable();

    [GeneratedRegex("(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])", RegexOptions.None, 10_000)]
    private static partial Regex Digest();
}
