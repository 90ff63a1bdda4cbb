using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Nexus.Data.Agents;
using Nexus.Data.Storage.Backups;

namespace Nexus.Data.Storage.Databases;

/// <summary>
/// What is one database's own: how it is connected, how a turn is taken, how its refusals are told apart. All that is
/// alike, which is nearly everything, is EF Core's.
/// </summary>
public abstract class DatabaseProvider
{
    private static readonly DatabaseProvider[] All = [new SqliteDatabase(), new PostgreSqlDatabase(), new SqlServerDatabase()];

    /// <summary>As <c>Nexus:Database:Provider</c> has it.</summary>
    public abstract string Name { get; }

    /// <summary>Whether several nodes may work on it.</summary>
    public virtual bool IsShared => true;

    /// <summary>As OpenTelemetry calls it.</summary>
    protected abstract string SystemName { get; }

    /// <summary>Times the commands.</summary>
    internal QueryTelemetry Telemetry => field ??= new(SystemName);

    /// <summary>Where the migrations lie.</summary>
    public string MigrationsAssembly => $"Nexus.Migrations.{Name}";

    /// <summary>As EF Core calls it.</summary>
    protected abstract string EfName { get; }

    /// <summary>By which text is compared and ordered by its code points; null where it is anyway.</summary>
    internal abstract string? Collation { get; }

    /// <summary>Null where there is none of that name.</summary>
    public static DatabaseProvider? Find(string name) => Array.Find(All, p => p.Name == name);

    public static DatabaseProvider Of(DbContext db) => Array.Find(All, p => p.EfName == db.Database.ProviderName)
        ?? throw new NotSupportedException($"The portal does not know {db.Database.ProviderName}.");

    /// <summary>Whether any of the databases says that a value is there already.</summary>
    public static bool AnySaysUnique(Exception? exception) => exception is not null && Array.Exists(All, p => p.IsUniqueViolation(exception));

    /// <summary>What is connected to where nothing is said; null where something must be.</summary>
    public virtual string? DefaultConnection(NexusOptions options) => null;

    public abstract void Configure(DbContextOptionsBuilder db, string connection);

    /// <summary>Waits for the turn and holds it to the end of the open transaction; nothing to do where every transaction has all turns.</summary>
    public abstract Task TakeTurnAsync(NexusDb db, Turn turn, CancellationToken ct);

    /// <summary>Brings the database up to the model; nodes that start at once do so one after the other.</summary>
    public abstract Task MigrateAsync(NexusDb db, CancellationToken ct);

    /// <summary>At the end: leaves nothing open or unwritten.</summary>
    public virtual Task CloseAsync(NexusDb db, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Opens the connection so that its commits may reach the device later. For what another file still holds.</summary>
    public virtual Task RelaxAsync(NexusDb db, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Writes many rows inside the open transaction, without tracking them. They must have all their values.</summary>
    public abstract Task InsertAsync<T>(NexusDb db, IReadOnlyCollection<T> rows, CancellationToken ct) where T : class;

    /// <summary>Writes decisions inside the open transaction; of those that come by the thousand a second, so a database may do better than rows of any kind.</summary>
    public virtual Task InsertAsync(NexusDb db, ReadOnlyMemory<DecisionRow> rows, CancellationToken ct)
    {
        var decisions = new Decision[rows.Length];
        for (var i = 0; i < decisions.Length; i++) decisions[i] = Entity(rows.Span[i]);
        return InsertAsync(db, decisions, ct);
    }

    /// <summary>Whether <see cref="DumpAsync"/> and <see cref="LoadAsync"/> are this portal's work.</summary>
    public virtual bool CanDump => true;

    /// <summary>What an operator does where they are not.</summary>
    public virtual string DumpInstead => "";

    /// <summary>Puts all that the database holds at one moment into a backup, while others work on it.</summary>
    public virtual Task<BackupSnapshot> DumpAsync(NexusDb db, BackupWriter to, CancellationToken ct) => throw new NotSupportedException(DumpInstead);

    /// <summary>Makes an empty database what <see cref="DumpAsync"/> put into the folder.</summary>
    /// <param name="migration">The last one that the database had.</param>
    public virtual Task LoadAsync(NexusDb db, string folder, string migration, IReadOnlyList<BackupTable> tables, CancellationToken ct) =>
        throw new NotSupportedException(DumpInstead);

    /// <summary>Whether there is one, whatever it holds.</summary>
    public virtual Task<bool> HasDatabaseAsync(NexusDb db, CancellationToken ct) => db.GetService<IRelationalDatabaseCreator>().ExistsAsync(ct);

    /// <summary>Where it is, without secrets.</summary>
    public string Place(NexusDb db) => $"{db.Database.GetDbConnection().DataSource} {db.Database.GetDbConnection().Database}";

    /// <summary>The text as this database can hold it.</summary>
    public virtual string? Storable(string? text) => text;

    /// <summary>Whether a read failed because what is stored is damaged.</summary>
    public abstract bool IsDamage(Exception exception);

    /// <summary>A look, within seconds, whether the database takes a transaction that writes; nothing of it stays. A standby only answers.</summary>
    public virtual async Task ProbeAsync(NexusDb db, CancellationToken ct)
    {
        db.Database.SetCommandTimeout(2);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        db.JournalPositions.Add(new() { Journal = Guid.NewGuid().ToString("N"), Segment = 0, Offset = 0 });
        await db.SaveChangesAsync(ct);
        await transaction.RollbackAsync(ct);
    }

    /// <summary>Whether any of the databases says that it cannot be reached or is held by others.</summary>
    public static bool AnySaysAway(Exception exception) => Array.Exists(All, p => p.IsAway(exception));

    /// <summary>Whether any of the databases says that there is no room.</summary>
    public static bool AnySaysFull(Exception exception) => Array.Exists(All, p => p.IsFull(exception));

    /// <summary>Whether it failed because the database is away, or held by others for too long.</summary>
    protected abstract bool IsAway(Exception exception);

    /// <summary>Whether it failed because there is no room.</summary>
    protected abstract bool IsFull(Exception exception);

    /// <summary>Whether a save failed because a value is there already.</summary>
    protected abstract bool IsUniqueViolation(Exception exception);

    /// <summary>The database made, unless it is there or another node makes it at this moment.</summary>
    protected static async Task EnsureDatabaseAsync(IRelationalDatabaseCreator creator, CancellationToken ct)
    {
        if (await creator.ExistsAsync(ct)) return;
        try
        {
            await creator.CreateAsync(ct);
        }
        catch (System.Data.Common.DbException) when (!ct.IsCancellationRequested)
        {
            if (!await creator.ExistsAsync(ct)) throw;
        }
    }

    private Decision Entity(in DecisionRow row) => new()
    {
        Id = row.Id,
        AgentId = row.AgentId,
        At = row.At,
        ModelVersion = row.ModelVersion,
        Variant = row.Variant,
        PlanRevision = row.PlanRevision,
        Unit = Storable(row.Unit),
        Subject = Storable(row.Subject),
        Label = Storable(row.Label),
        Score = row.Score,
        LatencyMicroseconds = row.LatencyMicroseconds,
        Payload = Encoding.UTF8.GetString(row.Payload.Span),
    };

    /// <summary>What is this database's own in the model.</summary>
    internal virtual void Shape(IMutableModel model)
    {
        if (Collation is null) return;
        foreach (var property in model.GetEntityTypes().SelectMany(e => e.GetDeclaredProperties()))
        {
            if ((property.GetProviderClrType() ?? property.GetValueConverter()?.ProviderClrType ?? property.ClrType) == typeof(string)) property.SetCollation(Collation);
        }
    }
}
