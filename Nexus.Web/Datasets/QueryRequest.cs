namespace Nexus.Web.Datasets;

/// <param name="Sql">One reading statement, at most 20,000 characters; the version is the table <c>data</c>, others are <c>v1</c>, <c>v2</c>, ….</param>
/// <param name="MaxRows">1 … 1,000, default 1,000.</param>
internal sealed record QueryRequest(string Sql, int? MaxRows);
