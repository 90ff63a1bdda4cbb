namespace Nexus.Data;

/// <summary>One page of a list, newest first unless the service says otherwise.</summary>
/// <param name="NextPageToken">Opaque; null on the last page.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextPageToken)
{
    public Page<TOther> Select<TOther>(Func<T, TOther> shape) => new([.. Items.Select(shape)], NextPageToken);
}
