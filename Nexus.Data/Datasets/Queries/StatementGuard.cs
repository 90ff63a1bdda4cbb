using System.Text;
using System.Text.Json;
using DuckDB.NET.Data;

namespace Nexus.Data.Datasets.Queries;

/// <summary>
/// Lets one reading statement through, by DuckDB's own parse of it: SELECT, WITH, FROM, VALUES, DESCRIBE, SUMMARIZE, SHOW, or EXPLAIN of
/// one. Tables are those that were given, or are made in the statement; functions that make tables are on a list. This is the first of
/// three fences: the engine has no access to anything outside either, and its process is ended where it takes too much.
/// </summary>
internal static class StatementGuard
{
    private static readonly HashSet<string> TableFunctions = new(StringComparer.OrdinalIgnoreCase)
    {
        "range", "generate_series", "unnest", "repeat", "repeat_row", "summary", "json_each", "json_tree", "histogram", "histogram_values",
    };

    /// <summary>Catalogs of the engine that say where things lie.</summary>
    private static readonly string[] Reserved = ["duckdb_", "pg_", "sqlite_", "pragma_", "information_schema"];

    /// <returns>The statement as the engine writes it, and what EXPLAIN stands before it: <c>""</c> where none does.</returns>
    /// <exception cref="QueryRefusal">With its place, where it has one.</exception>
    public static (string Explain, string Statement) Check(DuckDBConnection connection, string sql, IReadOnlyCollection<string> tables)
    {
        var (explain, start) = ExplainPrefix.Read(sql);
        var statement = sql[start..];
        using var parsed = JsonDocument.Parse(Serialize(connection, statement), new() { MaxDepth = 4096 });
        var root = parsed.RootElement;
        if (root.GetProperty("error").GetBoolean()) throw Refusal(root, statement, start);
        var statements = root.GetProperty("statements");
        if (statements.GetArrayLength() == 0) throw new QueryRefusal("Write a statement.");
        if (statements.GetArrayLength() > 1) throw new QueryRefusal("One statement at a time.");
        var known = new HashSet<string>(tables, StringComparer.OrdinalIgnoreCase);
        Names(root, known);
        Walk(root, known, statement, start);
        return (explain, Deserialize(connection, root.GetRawText()));
    }

    /// <summary>The character of a byte, for the engine counts bytes.</summary>
    public static int Character(string text, long position)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return Encoding.UTF8.GetCharCount(bytes, 0, (int)Math.Clamp(position, 0, bytes.Length));
    }

    private static string Serialize(DuckDBConnection connection, string sql) => Scalar(connection, "SELECT CAST(json_serialize_sql($1::VARCHAR) AS VARCHAR)", sql);

    private static string Deserialize(DuckDBConnection connection, string json) => Scalar(connection, "SELECT json_deserialize_sql($1::JSON)", json);

    private static string Scalar(DuckDBConnection connection, string query, string value)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        command.Parameters.Add(new DuckDBParameter(value));
        return (string)command.ExecuteScalar()!;
    }

    private static QueryRefusal Refusal(JsonElement error, string statement, int start)
    {
        if (error.GetProperty("error_type").GetString() == "not implemented")
            return new("Only reading is allowed here: SELECT, WITH, FROM, VALUES, DESCRIBE, SUMMARIZE, SHOW, or EXPLAIN of one of these.", start);
        int? at = error.TryGetProperty("position", out var text) && long.TryParse(text.GetString(), out var position) ? start + Character(statement, position) : null;
        return new(error.GetProperty("error_message").GetString()!, at);
    }

    /// <summary>What the statement itself calls a table, anywhere.</summary>
    private static void Names(JsonElement node, HashSet<string> known)
    {
        if (node.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in node.EnumerateArray()) Names(item, known);
        }
        else if (node.ValueKind == JsonValueKind.Object)
        {
            if (node.TryGetProperty("cte_map", out var ctes))
            {
                foreach (var name in ctes.GetProperty("map").EnumerateArray().Select(cte => cte.GetProperty("key").GetString()!))
                {
                    if (!Reserved.Any(r => name.StartsWith(r, StringComparison.OrdinalIgnoreCase))) known.Add(name);
                }
            }

            foreach (var member in node.EnumerateObject()) Names(member.Value, known);
        }
    }

    private static void Walk(JsonElement node, HashSet<string> known, string statement, int start)
    {
        if (node.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in node.EnumerateArray()) Walk(item, known, statement, start);
        }
        else if (node.ValueKind == JsonValueKind.Object)
        {
            switch (Text(node, "type"))
            {
                case "TABLE_FUNCTION" when node.TryGetProperty("function", out var function) && Text(function, "function_name") is { } name && !TableFunctions.Contains(name):
                    throw new QueryRefusal($"{name}() cannot be used here: a query reads the dataset's versions alone.", At(node, statement, start));
                case "FUNCTION" when Text(node, "function_name") is "current_setting":
                    throw new QueryRefusal("Settings cannot be read here.", At(node, statement, start));
                case "VALUE_PARAMETER":
                    throw new QueryRefusal("A statement takes no parameters here; write the value.", At(node, statement, start));
                case "BASE_TABLE" when Foreign(node, known) is { } table:
                    throw new QueryRefusal($"There is no table '{table}' here; there are {string.Join(", ", known.Order(StringComparer.OrdinalIgnoreCase).Take(12))}.", At(node, statement, start));
            }

            foreach (var member in node.EnumerateObject()) Walk(member.Value, known, statement, start);
        }
    }

    private static string? Foreign(JsonElement table, HashSet<string> known)
    {
        var (catalog, schema, name) = (Text(table, "catalog_name"), Text(table, "schema_name"), Text(table, "table_name"));
        return catalog is null or "" or "memory" && schema is null or "" or "main" && name is not null && known.Contains(name) ? null
            : string.Join('.', new[] { catalog, schema, name }.Where(part => !string.IsNullOrEmpty(part)));
    }

    private static int? At(JsonElement node, string statement, int start) =>
        node.TryGetProperty("query_location", out var at) && at.TryGetInt64(out var position) ? start + Character(statement, position) : null;

    private static string? Text(JsonElement node, string member) =>
        node.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
