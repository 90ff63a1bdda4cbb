namespace Nexus.Data.Datasets;

/// <summary>A dataset as the list shows it, with figures of its newest version.</summary>
/// <param name="Version">The newest version's number.</param>
/// <param name="Columns">How many.</param>
/// <param name="ChangedAt">When the newest version came.</param>
public sealed record DatasetView(
    string Name, string Description, int Version, long Rows, int Columns, long Bytes, string Format, DateTimeOffset ChangedAt, string ChangedBy);
