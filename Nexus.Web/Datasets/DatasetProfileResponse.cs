using Nexus.Data.Datasets;

namespace Nexus.Web.Datasets;

/// <summary>What each column of a version holds.</summary>
internal sealed record DatasetProfileResponse(string Name, int Version, long Rows, IReadOnlyList<ColumnProfile> Columns);
