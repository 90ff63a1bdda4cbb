using System.Diagnostics;
using Npgsql;

namespace Nexus.Data.Tests.Databases;

/// <summary>The PostgreSQL of this run: the one named by NEXUS_TEST_POSTGRESQL, or one that ends with this process.</summary>
internal static class PostgreSqlServer
{
    private static readonly Lazy<Task<string>> Connection = new(FindAsync);

    // Its standard input ends when this process does, or when nothing holds it any more; and so does it.
    private static Process? Own;

    /// <summary>An empty database's connection string, or one with all that <paramref name="template"/> has.</summary>
    public static async Task<string> CreateAsync(string name, string? template = null)
    {
        await ExecuteAsync($"CREATE DATABASE \"{name}\"{(template is null ? "" : $" TEMPLATE \"{template}\"")}");
        return new NpgsqlConnectionStringBuilder(await Connection.Value) { Database = name }.ConnectionString;
    }

    public static async Task DropAsync(string name)
    {
        await using (var pool = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(await Connection.Value) { Database = name }.ConnectionString))
            NpgsqlConnection.ClearPool(pool);
        await ExecuteAsync($"DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)");
    }

    private static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(await Connection.Value);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<string> FindAsync()
    {
        if (Environment.GetEnvironmentVariable("NEXUS_TEST_POSTGRESQL") is { Length: > 0 } known) return known;
        var tests = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(tests.FullName, "postgresql.sh"))) tests = tests.Parent ?? throw new InvalidOperationException("tests/postgresql.sh is missing.");
        Own = Process.Start(new ProcessStartInfo(Path.Combine(tests.FullName, "postgresql.sh")) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        return await Own.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("PostgreSQL did not start.");
    }
}
