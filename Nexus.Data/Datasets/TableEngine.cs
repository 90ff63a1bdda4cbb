using DuckDB.NET.Data;
using DuckDB.NET.Native;
using Microsoft.Extensions.Options;

namespace Nexus.Data.Datasets;

/// <summary>DuckDB in the process: the engine of every table operation, bounded in memory and spilling to the data directory.</summary>
public sealed class TableEngine(IOptions<NexusOptions> options) : IDisposable
{
    private const string MaxSpill = "16GB"; // of each database: a statement that spills without end is refused, not the disk filled

    /// <summary>The engine hands the system's words on, and no number.</summary>
    private static readonly string[] FullWords = ["No space left on device", "Disk quota exceeded", "not enough space on the disk", "max_temp_directory_size"];

    private readonly string _spill = options.Value.PathOf("spill");
    private readonly Lock _joining = new();
    private DuckDBConnection? _standing;

    /// <summary>An empty in-memory database of its own. Dispose it; cancel a long statement through <c>DuckDBCommand.Cancel</c>.</summary>
    public DuckDBConnection Open()
    {
        Directory.CreateDirectory(_spill);
        var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            SET memory_limit = '1GB';
            SET threads = {Environment.ProcessorCount};
            SET temp_directory = {Literal(_spill)};
            SET max_temp_directory_size = '{MaxSpill}';
            SET autoinstall_known_extensions = false;
            SET autoload_known_extensions = false;
            SET TimeZone = 'UTC';
            """;
        command.ExecuteNonQuery();
        return connection;
    }

    /// <summary>
    /// A connection of its own to the one database that stands as long as the process: for reads of a page, beside which a new
    /// database would cost the most by far. Make nothing in it. Dispose it.
    /// </summary>
    public DuckDBConnection Join()
    {
        lock (_joining)
        {
            if (_standing is not null && !Answers(_standing)) Dispose();
            _standing ??= OpenStanding();
            var joined = _standing.Duplicate();
            joined.Open();
            return joined;
        }
    }

    /// <summary>Ends the database that <see cref="Join"/> gives; those who have joined it go on.</summary>
    public void Dispose()
    {
        _standing?.Dispose();
        _standing = null;
    }

    /// <summary>Runs one statement off the caller's thread and reads its answer; cancelling interrupts it within milliseconds.</summary>
    /// <param name="read">Is given the reader before its first row.</param>
    public static Task<T> QueryAsync<T>(DuckDBConnection connection, string sql, Func<DuckDBDataReader, T> read, CancellationToken ct) =>
        RunAsync(
            connection,
            sql,
            command =>
            {
                using var reader = command.ExecuteReader();
                return read(reader);
            },
            ct);

    /// <summary>Runs statements without an answer.</summary>
    /// <returns>The rows written, where the last one writes rows.</returns>
    /// <inheritdoc cref="QueryAsync{T}"/>
    public static Task<int> ExecuteAsync(DuckDBConnection connection, string sql, CancellationToken ct) =>
        RunAsync(connection, sql, command => command.ExecuteNonQuery(), ct);

    /// <summary>Whether the engine failed because its volume is full: at a write, or at the bound that it gives what it spills by the room there is.</summary>
    internal static bool SaysFull(Exception exception) => exception is DuckDBException engine
        && engine.ErrorType is DuckDBErrorType.Io or DuckDBErrorType.OutOfMemory
        && FullWords.Any(words => engine.Message.Contains(words, StringComparison.OrdinalIgnoreCase));

    /// <summary>A text as a SQL literal.</summary>
    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A column's or table's name as a SQL identifier.</summary>
    public static string Identifier(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private DuckDBConnection OpenStanding()
    {
        var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SET enable_external_file_cache = false"; // the system keeps files in memory already
        command.ExecuteNonQuery();
        return connection;
    }

    /// <summary>After an error that it calls fatal a database answers nothing any more.</summary>
    private static bool Answers(DuckDBConnection connection)
    {
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT 1";
            return command.ExecuteScalar() is not null;
        }
        catch (DuckDBException)
        {
            return false;
        }
    }

    private static Task<T> RunAsync<T>(DuckDBConnection connection, string sql, Func<DuckDBCommand, T> run, CancellationToken ct) =>
        Task.Run(
            () =>
            {
                using var command = connection.CreateCommand();
                command.CommandText = sql;
                using var stop = ct.Register(command.Cancel);
                try
                {
                    return run(command);
                }
                catch (DuckDBException) when (ct.IsCancellationRequested)
                {
                    throw new OperationCanceledException(ct);
                }
            },
            ct);
}
