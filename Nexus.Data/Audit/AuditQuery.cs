namespace Nexus.Data.Audit;

/// <summary>Which entries are asked for; null asks for all.</summary>
/// <param name="From">UTC, inclusive.</param>
/// <param name="To">UTC, exclusive.</param>
/// <param name="Actor">The whole userName.</param>
/// <param name="Subject">The whole subject, <c>model/elec2@3</c>; or its beginning, ended by <c>*</c>.</param>
public sealed record AuditQuery(DateTimeOffset? From = null, DateTimeOffset? To = null, string? Actor = null, string? Subject = null);
