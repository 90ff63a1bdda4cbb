using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Nexus.Data.Agents;
using Nexus.Data.Audit;
using Nexus.Data.Datasets;
using Nexus.Data.Feedback;
using Nexus.Data.Governance;
using Nexus.Data.Identity;
using Nexus.Data.Lineage;
using Nexus.Data.Monitoring;
using Nexus.Data.Nodes;
using Nexus.Data.Pipelines;
using Nexus.Data.Registry;
using Nexus.Data.Samples;
using Nexus.Data.Search;
using Nexus.Data.Storage.Databases;
using Nexus.Data.Sweeps;

namespace Nexus.Data;

/// <summary>All that is remembered, on every database. Make one per operation, from the factory.</summary>
/// <param name="chain">Null at design time alone, where nothing is saved.</param>
public sealed class NexusDb(DbContextOptions<NexusDb> options, LedgerChain? chain = null)
    : IdentityDbContext<Person, IdentityRole<Guid>, Guid>(options)
{
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();
    public DbSet<SetupLink> SetupLinks => Set<SetupLink>();
    public DbSet<IdempotentRequest> IdempotentRequests => Set<IdempotentRequest>();
    public DbSet<LedgerEntry> LedgerEntries => Set<LedgerEntry>();
    public DbSet<LedgerCheckpoint> LedgerCheckpoints => Set<LedgerCheckpoint>();
    public DbSet<LineageEdge> LineageEdges => Set<LineageEdge>();
    public DbSet<Dataset> Datasets => Set<Dataset>();
    public DbSet<DatasetVersion> DatasetVersions => Set<DatasetVersion>();
    public DbSet<Pipeline> Pipelines => Set<Pipeline>();
    public DbSet<PipelineRevision> PipelineRevisions => Set<PipelineRevision>();
    public DbSet<Config> Configs => Set<Config>();
    public DbSet<ConfigRevision> ConfigRevisions => Set<ConfigRevision>();
    public DbSet<ConfigUse> ConfigUses => Set<ConfigUse>();
    public DbSet<Run> Runs => Set<Run>();
    public DbSet<RunStep> RunSteps => Set<RunStep>();
    public DbSet<StepLogChunk> StepLogChunks => Set<StepLogChunk>();
    public DbSet<StepCacheEntry> StepCacheEntries => Set<StepCacheEntry>();
    public DbSet<RunMetric> RunMetrics => Set<RunMetric>();
    public DbSet<RunLatestMetric> RunLatestMetrics => Set<RunLatestMetric>();
    public DbSet<RunParam> RunParams => Set<RunParam>();
    public DbSet<RunTag> RunTags => Set<RunTag>();
    public DbSet<RunArtifact> RunArtifacts => Set<RunArtifact>();
    public DbSet<SavedView> SavedViews => Set<SavedView>();
    public DbSet<Sweep> Sweeps => Set<Sweep>();
    public DbSet<SweepTrial> SweepTrials => Set<SweepTrial>();
    public DbSet<Model> Models => Set<Model>();
    public DbSet<ModelVersion> ModelVersions => Set<ModelVersion>();
    public DbSet<ModelAlias> ModelAliases => Set<ModelAlias>();
    public DbSet<ModelExplanation> ModelExplanations => Set<ModelExplanation>();
    public DbSet<ModelCardRevision> ModelCardRevisions => Set<ModelCardRevision>();
    public DbSet<Approval> Approvals => Set<Approval>();
    public DbSet<Agent> Agents => Set<Agent>();
    public DbSet<Decision> Decisions => Set<Decision>();
    public DbSet<DecisionArchive> DecisionArchives => Set<DecisionArchive>();
    public DbSet<JournalPosition> JournalPositions => Set<JournalPosition>();
    public DbSet<FeedbackItem> FeedbackItems => Set<FeedbackItem>();
    public DbSet<MonitoringMinute> MonitoringMinutes => Set<MonitoringMinute>();
    public DbSet<Node> Nodes => Set<Node>();
    public DbSet<SharedKey> SharedKeys => Set<SharedKey>();
    public DbSet<SearchEntry> SearchEntries => Set<SearchEntry>();
    public DbSet<SampleThing> SampleThings => Set<SampleThing>();
    public DbSet<SampleWorkspace> SampleWorkspaces => Set<SampleWorkspace>();

    /// <summary>What is the database's own.</summary>
    public DatabaseProvider Provider => DatabaseProvider.Of(this);

    /// <summary>Entries that the next save numbers, chains and writes with the change.</summary>
    internal List<LedgerEntry> PendingLedger { get; } = [];

    /// <summary>Set while the context works inside <see cref="TransactAsync{T}"/>.</summary>
    internal bool HasTurn { get; set; }

    /// <summary>
    /// One transaction over reads and saves, ledger entries included, in the ledger's turn: everything that writes to the ledger
    /// waits meanwhile, on all nodes, so that what <paramref name="work"/> has read of it is still true when it commits. Keep it
    /// short, and do slow work before. What changes without the ledger needs a concurrency token.
    /// </summary>
    /// <param name="work">Saves before it returns. Where it throws, nothing has happened.</param>
    public Task<T> TransactAsync<T>(Func<Task<T>> work, CancellationToken ct) =>
        (chain ?? throw new InvalidOperationException("A context without a chain cannot write to the ledger.")).InTurnAsync(this, work, ct);

    /// <summary>Inside a transaction: waits until no other has that turn, on any node, and holds it until the transaction ends.</summary>
    public Task TakeTurnAsync(Turn turn, CancellationToken ct) => Provider.TakeTurnAsync(this, turn, ct);

    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new NotSupportedException("Save asynchronously.");

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        ChangeTracker.DetectChanges();
        if (IdempotencyScope.Current is { } request && (PendingLedger.Count > 0 || ChangeTracker.HasChanges())) request.Mark(this);
        var detecting = ChangeTracker.AutoDetectChangesEnabled;
        ChangeTracker.AutoDetectChangesEnabled = false; // Once is enough for the search and the save.
        try
        {
            var touched = SearchIndex.Touched(this);
            if (PendingLedger.Count == 0) return await SearchIndex.SaveAsync(this, touched, SaveAsync, cancellationToken);
            if (chain is null) throw new InvalidOperationException("A context without a chain cannot write to the ledger.");

            var pending = PendingLedger.ToList();
            PendingLedger.Clear();
            return await chain.SaveAsync(
                this, pending, () => SearchIndex.SaveAsync(this, touched, SaveAsync, cancellationToken), cancellationToken);
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = detecting;
        }

        Task<int> SaveAsync() => base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    /// <summary>Saves search entries, which are searched for by nothing of their own.</summary>
    internal Task<int> SaveEntriesAsync(CancellationToken ct) => base.SaveChangesAsync(acceptAllChangesOnSuccess: true, ct);

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(NexusDb).Assembly);
        builder.Entity<IdentityRole<Guid>>().ToTable("Roles").HasData(RoleRows.All);
        builder.Entity<IdentityUserRole<Guid>>().ToTable("PersonRoles");
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("PersonClaims");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("PersonLogins").Property(l => l.LoginProvider).HasMaxLength(128);
        builder.Entity<IdentityUserLogin<Guid>>().Property(l => l.ProviderKey).HasMaxLength(256);
        builder.Entity<IdentityUserToken<Guid>>().ToTable("PersonTokens").Property(t => t.LoginProvider).HasMaxLength(128);
        builder.Entity<IdentityUserToken<Guid>>().Property(t => t.Name).HasMaxLength(128);
        builder.Entity<IdentityRoleClaim<Guid>>().ToTable("RoleClaims");
        Provider.Shape(builder.Model);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcMicroseconds>();
}
