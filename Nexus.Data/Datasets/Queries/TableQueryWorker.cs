using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using DuckDB.NET.Data;

namespace Nexus.Data.Datasets.Queries;

/// <summary>
/// Answers one query, in a process of its own: what the engine cannot interrupt (a function over a huge text) or does not count (the
/// texts that a function makes) ends with the process and takes nothing else along.
/// </summary>
public static partial class TableQueryWorker
{
    /// <summary>The portal's executable with this argument alone is a worker.</summary>
    public const string Argument = "table-query-worker";

    private const int MaxColumns = 4096;
    private const int MaxText = 5000;
    private const string Explained = "EXPLAIN\n";

    /// <summary>Longer than the time that the query has; then the worker ends itself, should nobody be there to end it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Reads a request from standard input, writes the answer to standard output.</summary>
    public static int Run()
    {
        using var input = Console.OpenStandardInput();
        using var output = Console.OpenStandardOutput();
        var request = JsonSerializer.Deserialize<QueryWork>(input)!;
        using var own = Process.GetCurrentProcess();
        if (OperatingSystem.IsWindows() || OperatingSystem.IsLinux()) own.PriorityClass = ProcessPriorityClass.BelowNormal;
        using var end = new Timer(_ => Process.GetCurrentProcess().Kill(), null, TimeSpan.FromMilliseconds(request.TimeoutMs) + Patience, Timeout.InfiniteTimeSpan);
        var answer = Answer(request);
        output.Write(answer.Span);
        output.Flush();
        return 0;
    }

    /// <summary>The answer's JSON: columns, rows, truncated, elapsedMilliseconds; or error, with line and column.</summary>
    internal static ReadOnlyMemory<byte> Answer(QueryWork request)
    {
        using var buffer = new MemoryStream();
        using var writer = new Utf8JsonWriter(buffer);
        using var stop = new CancellationTokenSource();
        try
        {
            using var connection = Open(request);
            stop.CancelAfter(request.TimeoutMs);
            Answer(connection, request, writer, stop.Token);
        }
        catch (Exception failed) when (failed is QueryRefusal or DuckDBException or OperationCanceledException or OutOfMemoryException)
        {
            buffer.SetLength(0);
            writer.Reset();
            WriteError(writer, request, failed, stop.IsCancellationRequested);
        }

        writer.Flush();
        return buffer.ToArray();
    }

    private static DuckDBConnection Open(QueryWork request)
    {
        var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        var views = request.Tables.Select(t => $"CREATE VIEW {TableEngine.Identifier(t.Key)} AS SELECT * FROM read_parquet({TableEngine.Literal(t.Value)});");
        // Views before the lock; after it neither file nor setting can be reached but the Parquet files named here.
        Execute(connection, $"""
            SET memory_limit = '{request.MemoryMB}MB';
            SET threads = {request.Threads};
            SET temp_directory = {TableEngine.Literal(request.Spill)};
            SET max_temp_directory_size = '{request.SpillMB}MB';
            SET autoinstall_known_extensions = false;
            SET autoload_known_extensions = false;
            SET allow_community_extensions = false;
            SET TimeZone = 'UTC';
            SET errors_as_json = true;
            {string.Concat(views)}
            SET allowed_paths = [{string.Join(", ", request.Tables.Values.Distinct().Select(TableEngine.Literal))}];
            SET enable_external_access = false;
            SET lock_configuration = true;
            """);
        return connection;
    }

    private static void Answer(DuckDBConnection connection, QueryWork request, Utf8JsonWriter writer, CancellationToken stop)
    {
        var clock = Stopwatch.StartNew();
        var (explain, statement) = StatementGuard.Check(connection, request.Sql, [.. request.Tables.Keys]);
        if (explain.Length > 0)
        {
            Read(connection, explain + statement, [new("plan", "VARCHAR"), new("text", "VARCHAR")], request, writer, clock, stop);
            return;
        }

        // As it was written, so that what is wrong has its place.
        Execute(connection, Explained + request.Sql);
        var columns = Columns(connection, statement.TrimEnd().TrimEnd(';'));
        var list = string.Join(", ", columns.Select((column, i) => IsPlain(column.Type) ? $"c{i}" : $"CAST(c{i} AS VARCHAR)"));
        var names = string.Join(", ", columns.Select((_, i) => $"c{i}"));
        Read(connection, $"SELECT {list} FROM ({statement.TrimEnd().TrimEnd(';')}) AS q({names}) LIMIT {request.MaxRows + 1}", columns, request, writer, clock, stop);
    }

    private static List<QueryColumn> Columns(DuckDBConnection connection, string statement)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"DESCRIBE SELECT * FROM ({statement}) AS q";
        using var reader = command.ExecuteReader();
        var columns = new List<QueryColumn>();
        while (reader.Read()) columns.Add(new(reader.GetString(0), reader.GetString(1)));
        return columns.Count <= MaxColumns ? columns : throw new QueryRefusal($"The answer has {columns.Count:N0} columns; {MaxColumns:N0} can be shown.");
    }

    private static void Read(
        DuckDBConnection connection, string sql, List<QueryColumn> columns, QueryWork request, Utf8JsonWriter writer, Stopwatch clock, CancellationToken stop)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.UseStreamingMode = true;
        using var cancel = stop.Register(command.Cancel);
        using var reader = command.ExecuteReader();
        writer.WriteStartObject();
        writer.WriteStartArray("columns");
        foreach (var column in columns)
        {
            writer.WriteStartObject();
            writer.WriteString("name", column.Name);
            writer.WriteString("type", column.Type);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("rows");
        var (rows, cut) = (0, false);
        while (reader.Read())
        {
            if (rows++ == request.MaxRows || writer.BytesCommitted + writer.BytesPending > request.MaxBytes)
            {
                cut = true;
                break;
            }

            writer.WriteStartArray();
            for (var i = 0; i < columns.Count; i++) cut |= Write(writer, reader, i, columns[i].Type);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteBoolean("truncated", cut);
        writer.WriteNumber("elapsedMilliseconds", clock.Elapsed.TotalMilliseconds);
        writer.WriteEndObject();
    }

    private static bool IsPlain(string type) => type is "BOOLEAN" or "TINYINT" or "SMALLINT" or "INTEGER" or "BIGINT" or "FLOAT" or "DOUBLE";

    /// <returns>Whether a text was cut.</returns>
    private static bool Write(Utf8JsonWriter writer, DuckDBDataReader reader, int column, string type)
    {
        if (reader.IsDBNull(column))
        {
            writer.WriteNullValue();
            return false;
        }

        if (IsPlain(type) && reader.GetValue(column) is var value && value is not (double.NaN or double.PositiveInfinity or double.NegativeInfinity or float.NaN or float.PositiveInfinity or float.NegativeInfinity))
        {
            if (value is bool truth) writer.WriteBooleanValue(truth);
            else writer.WriteRawValue(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
            return false;
        }

        var text = IsPlain(type) ? Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture)! : reader.GetString(column);
        if ((type.StartsWith("DECIMAL", StringComparison.Ordinal) || type is "HUGEINT" or "UHUGEINT" or "UBIGINT" or "UINTEGER" or "USMALLINT" or "UTINYINT") && Number().IsMatch(text))
        {
            writer.WriteRawValue(text);
            return false;
        }

        writer.WriteStringValue(text.Length <= MaxText ? text : $"{text.AsSpan(0, MaxText)}…");
        return text.Length > MaxText;
    }

    private static void WriteError(Utf8JsonWriter writer, QueryWork request, Exception failed, bool stopped)
    {
        var refusal = failed switch
        {
            QueryRefusal known => known,
            _ when stopped || failed is OperationCanceledException => new($"The query was stopped after {request.TimeoutMs / 1000.0:0.#} s."),
            OutOfMemoryException => OutOfMemory(request),
            _ => Reason(failed.Message, request),
        };
        writer.WriteStartObject();
        writer.WriteString("error", refusal.Message);
        if (refusal.Place(request.Sql) is var (line, column))
        {
            writer.WriteNumber("line", line);
            writer.WriteNumber("column", column);
        }

        writer.WriteEndObject();
    }


    /// <summary>The engine's error, which is JSON, as a sentence with its place in the statement.</summary>
    private static QueryRefusal Reason(string message, QueryWork request)
    {
        var start = message.IndexOf('{', StringComparison.Ordinal);
        if (start < 0) return new(message);
        try
        {
            using var json = JsonDocument.Parse(message[start..]);
            var error = json.RootElement;
            if (error.GetProperty("exception_type").GetString() == "Out of Memory") return OutOfMemory(request);
            var text = error.GetProperty("exception_message").GetString()!;
            int? at = error.TryGetProperty("position", out var position) && long.TryParse(position.GetString(), out var bytes) && bytes >= Explained.Length
                ? StatementGuard.Character(request.Sql, bytes - Explained.Length)
                : null;
            return new(text.Trim(), at);
        }
        catch (JsonException)
        {
            return new(message);
        }
    }

    private static QueryRefusal OutOfMemory(QueryWork request) => new($"The query needs more than the {request.MemoryMB} MB of memory that it may use.");

    private static void Execute(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    [GeneratedRegex("^-?[0-9]{1,60}(\\.[0-9]{1,60})?$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Number();
}
