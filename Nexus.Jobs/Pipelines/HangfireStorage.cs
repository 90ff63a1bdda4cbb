using Hangfire;
using Hangfire.InMemory;
using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;
using Hangfire.SqlServer;
using Nexus.Data.Storage;
using Npgsql;

namespace Nexus.Jobs.Pipelines;

/// <summary>Where Hangfire keeps its queue: beside our tables on a server, in memory with SQLite, where there is one process only.</summary>
internal static class HangfireStorage
{
    // "NXUS", and a number that no turn has.
    private const string Lock = "SELECT pg_advisory_lock(1314411859, 100)";

    /// <remarks>Makes Hangfire's tables where they are missing: to be asked for once the database is there.</remarks>
    public static JobStorage Of(DatabaseConnection database) => database.Provider.Name switch
    {
        "PostgreSql" => PostgreSql(database.Text),
        "SqlServer" => SqlServer(database.Text),
        _ => new InMemoryStorage(new InMemoryStorageOptions { MaxExpirationTime = TimeSpan.FromHours(1) }),
    };

    /// <summary>Nodes that start at once make the tables one after the other.</summary>
    private static PostgreSqlStorage PostgreSql(string connection)
    {
        using var turn = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connection) { Pooling = false }.ConnectionString);
        turn.Open();
        using var take = new NpgsqlCommand(Lock, turn) { CommandTimeout = 0 };
        take.ExecuteNonQuery();
        var options = new PostgreSqlStorageOptions
        {
            QueuePollInterval = TimeSpan.FromSeconds(1),
            EnableLongPolling = true,
            UseSlidingInvisibilityTimeout = true,
        };
        return new(new NpgsqlConnectionFactory(connection, options), options);
    }

    /// <summary>The interval of zero has the server wait for work instead of asking for it again and again.</summary>
    private static SqlServerStorage SqlServer(string connection) => new(connection, new SqlServerStorageOptions
    {
        QueuePollInterval = TimeSpan.Zero,
        SlidingInvisibilityTimeout = TimeSpan.FromMinutes(5),
        CommandBatchMaxTimeout = TimeSpan.FromMinutes(5),
        UseRecommendedIsolationLevel = true,
        DisableGlobalLocks = true,
    });
}
