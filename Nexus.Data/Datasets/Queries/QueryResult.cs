using System.Text.Json;

namespace Nexus.Data.Datasets.Queries;

/// <summary>What a query answered.</summary>
/// <param name="Rows">Cells as JSON: numbers, true and false as themselves, null where missing, all else as DuckDB writes it.</param>
/// <param name="Truncated">More rows than these would have come, or a text was cut.</param>
/// <param name="ElapsedMilliseconds">The engine's work, without the start of its process.</param>
public sealed record QueryResult(IReadOnlyList<QueryColumn> Columns, IReadOnlyList<IReadOnlyList<JsonElement>> Rows, bool Truncated, double ElapsedMilliseconds);
