using System.Globalization;
using LinqToDB.Data;
using LinqToDB.EntityFrameworkCore;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Nexus.Data.Storage.Databases;

/// <summary>SQL Server 2019 or later, and Azure SQL. Turns are application locks, which end with the transaction.</summary>
internal sealed class SqlServerDatabase : DatabaseProvider
{
    /// <summary>What the key of a clustered index holds, in bytes.</summary>
    private const int ClusteredKeyBytes = 900;

    public override string Name => "SqlServer";

    protected override string EfName => "Microsoft.EntityFrameworkCore.SqlServer";

    protected override string SystemName => "microsoft.sql_server";

    // As a server compares by default, Ada and ada would be one.
    internal override string Collation => "Latin1_General_100_BIN2";

    public override void Configure(DbContextOptionsBuilder db, string connection) =>
        db.UseSqlServer(connection, server => server.MigrationsAssembly(MigrationsAssembly));

    public override Task TakeTurnAsync(NexusDb db, Turn turn, CancellationToken ct) => db.Database.ExecuteSqlRawAsync(
        """
        DECLARE @taken int;
        EXEC @taken = sp_getapplock @Resource = {0}, @LockMode = N'Exclusive', @LockOwner = N'Transaction', @LockTimeout = 15000;
        IF @taken < 0 THROW 50001, N'The turn could not be taken.', 1;
        """,
        [string.Create(CultureInfo.InvariantCulture, $"nexus-turn-{(int)turn}")],
        ct);

    /// <summary>EF Core holds an application lock of its own meanwhile.</summary>
    public override async Task MigrateAsync(NexusDb db, CancellationToken ct)
    {
        await EnsureDatabaseAsync(db.GetService<IRelationalDatabaseCreator>(), ct);
        var patience = db.Database.GetCommandTimeout();
        db.Database.SetCommandTimeout(0);
        await db.Database.MigrateAsync(ct);
        db.Database.SetCommandTimeout(patience);
    }

    /// <summary>By SqlBulkCopy.</summary>
    public override async Task InsertAsync<T>(NexusDb db, IReadOnlyCollection<T> rows, CancellationToken ct) =>
        await db.BulkCopyAsync(new BulkCopyOptions { BulkCopyType = BulkCopyType.ProviderSpecific, KeepIdentity = false }, rows, ct);

    public override bool CanDump => false;

    public override string DumpInstead =>
        "A SQL Server is backed up and restored by its own means: stop the portal, BACKUP DATABASE (or a snapshot), copy the data directory, start it. docs/backup.md has the commands.";

    // I/O errors and torn or damaged pages.
    public override bool IsDamage(Exception exception) => exception is SqlException { Number: 823 or 824 or 825 };

    // Timeouts, lost and refused connections, a database that is offline, moves or is read-only.
    protected override bool IsAway(Exception exception) => exception is SqlException
    {
        Number: -2 or -1 or 0 or 2 or 53 or 64 or 121 or 233 or 921 or 926 or 942 or 1222 or 3906 or 4060 or 10053 or 10054 or 10060 or 10061 or 10928 or 10929 or 40197 or 40501 or 40613 or 50001
    };

    protected override bool IsFull(Exception exception) => exception is SqlException { Number: 1101 or 1105 or 9002 };

    protected override bool IsUniqueViolation(Exception exception) => exception is SqlException { Number: 2601 or 2627 };

    /// <summary>A primary key too long for a clustered index is one beside the table.</summary>
    internal override void Shape(IMutableModel model)
    {
        base.Shape(model);
        // The ledger and what search finds have triggers, beside which OUTPUT is an error. One way for all.
        foreach (var type in model.GetEntityTypes()) type.UseSqlOutputClause(false);
        foreach (var key in model.GetEntityTypes().Select(e => e.FindPrimaryKey()).OfType<IMutableKey>())
        {
            if (key.Properties.Sum(Bytes) > ClusteredKeyBytes) key.SetIsClustered(false);
        }
    }

    private static int Bytes(IReadOnlyProperty property) =>
        property.ClrType == typeof(string) ? 2 * (property.GetMaxLength() ?? 450)
        : property.ClrType == typeof(byte[]) ? property.GetMaxLength() ?? ClusteredKeyBytes
        : 16;
}
