using System.Data;
using Nexus.Data.Storage.Backups;
using Npgsql;

namespace Nexus.Data.Storage.Databases;

/// <summary>All tables of the portal's schema as binary COPY writes them, in one repeatable-read transaction: one snapshot.</summary>
internal static class PostgreSqlBackup
{
    private const string History = "__EFMigrationsHistory";

    public static async Task<BackupSnapshot> CopyAsync(NpgsqlConnection connection, BackupWriter to, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var migration = (await ListAsync(connection, $"""SELECT "MigrationId" FROM "{History}" ORDER BY 1 DESC LIMIT 1""", r => r.GetString(0), ct))[0];
        var tables = await TablesAsync(connection, ct);
        foreach (var table in tables)
        {
            await to.AddAsync(
                $"database/{table.Name}.copy",
                async stream =>
                {
                    await using var rows = await connection.BeginRawBinaryCopyAsync($"COPY {Target(table)} TO STDOUT (FORMAT BINARY)", ct);
                    await rows.CopyToAsync(stream, ct);
                },
                ct);
        }

        await transaction.CommitAsync(ct);
        return new(migration, tables);
    }

    /// <summary>Fills the tables of a database that was brought to the migration and is empty otherwise: all or nothing.</summary>
    public static async Task FillAsync(NpgsqlConnection connection, string folder, IReadOnlyList<BackupTable> tables, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        // What the migration itself put in.
        foreach (var table in tables.Reverse())
        {
            var any = await ListAsync(connection, $"SELECT 1 FROM {Quote(table.Name)} LIMIT 1", r => r.GetInt32(0), ct);
            if (any.Count > 0) await ExecuteAsync(connection, $"DELETE FROM {Quote(table.Name)}", ct);
        }

        foreach (var table in tables)
        {
            await using var file = File.OpenRead(Path.Combine(folder, $"{table.Name}.copy"));
            await using var rows = await connection.BeginRawBinaryCopyAsync($"COPY {Target(table)} FROM STDIN (FORMAT BINARY)", ct);
            await file.CopyToAsync(rows, ct);
        }

        await CountOnAsync(connection, ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>The tables' own counters go on where the rows end.</summary>
    private static async Task CountOnAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var columns = await ListAsync(
            connection,
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema() AND is_identity = 'YES'",
            r => (Table: r.GetString(0), Column: r.GetString(1)),
            ct);
        foreach (var (table, column) in columns)
        {
            var (name, of) = (Quote(table).Replace("'", "''", StringComparison.Ordinal), column.Replace("'", "''", StringComparison.Ordinal));
            await ExecuteAsync(
                connection,
                $"SELECT setval(pg_get_serial_sequence('{name}', '{of}'), GREATEST(MAX({Quote(column)}), 1), MAX({Quote(column)}) IS NOT NULL) FROM {Quote(table)}",
                ct);
        }
    }

    /// <summary>In an order in which each row finds those that it names.</summary>
    private static async Task<IReadOnlyList<BackupTable>> TablesAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var columns = (await ListAsync(
            connection,
            """
            SELECT c.table_name, c.column_name FROM information_schema.columns c
            JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name AND t.table_type = 'BASE TABLE'
            WHERE c.table_schema = current_schema() AND c.is_generated = 'NEVER' ORDER BY c.table_name, c.ordinal_position
            """,
            r => (Table: r.GetString(0), Column: r.GetString(1)),
            ct)).Where(c => c.Table != History).ToLookup(c => c.Table, c => c.Column);
        var needs = (await ListAsync(
            connection,
            """
            SELECT child.relname, parent.relname FROM pg_constraint k
            JOIN pg_class child ON child.oid = k.conrelid JOIN pg_class parent ON parent.oid = k.confrelid
            WHERE k.contype = 'f' AND k.conrelid <> k.confrelid AND k.connamespace = current_schema()::regnamespace
            """,
            r => (Child: r.GetString(0), Parent: r.GetString(1)),
            ct)).ToLookup(n => n.Child, n => n.Parent);
        var ordered = new List<string>();
        var seen = new HashSet<string>();
        foreach (var group in columns) Visit(group.Key);
        return [.. ordered.Select(name => new BackupTable(name, [.. columns[name]]))];

        void Visit(string table)
        {
            if (!seen.Add(table)) return;
            foreach (var parent in needs[table]) Visit(parent);
            ordered.Add(table);
        }
    }

    private static string Target(BackupTable table) => $"{Quote(table.Name)} ({string.Join(", ", table.Columns.Select(Quote))})";

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static async Task<List<T>> ListAsync<T>(NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var all = new List<T>();
        while (await reader.ReadAsync(ct)) all.Add(read(reader));
        return all;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }
}
