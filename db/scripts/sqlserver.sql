IF OBJECT_ID(N'[__EFMigrationsHistory]') IS NULL
BEGIN
    CREATE TABLE [__EFMigrationsHistory] (
        [MigrationId] nvarchar(150) NOT NULL,
        [ProductVersion] nvarchar(32) NOT NULL,
        CONSTRAINT [PK___EFMigrationsHistory] PRIMARY KEY ([MigrationId])
    );
END;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [Agents] (
        [Id] uniqueidentifier NOT NULL,
        [Name] nvarchar(63) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Description] nvarchar(4000) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [ModelName] nvarchar(63) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [PlanRevision] int NOT NULL,
        [ServedVersion] int NULL,
        [CreatedAt] bigint NOT NULL,
        [CreatedBy] nvarchar(256) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [ChangedAt] bigint NOT NULL,
        CONSTRAINT [PK_Agents] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [Approvals] (
        [Id] uniqueidentifier NOT NULL,
        [Kind] nvarchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Subject] nvarchar(300) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Change] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [CreatedAt] bigint NOT NULL,
        [ExpiresAt] bigint NOT NULL,
        [RequestedBy] nvarchar(256) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Reason] nvarchar(4000) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Evidence] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [EvidenceDigest] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [State] nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [DecidedBy] nvarchar(256) COLLATE Latin1_General_100_BIN2 NULL,
        [DecidedAt] bigint NULL,
        [Comment] nvarchar(4000) COLLATE Latin1_General_100_BIN2 NULL,
        CONSTRAINT [PK_Approvals] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [ConfigUses] (
        [User] nvarchar(280) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Path] nvarchar(264) COLLATE Latin1_General_100_BIN2 NOT NULL,
        CONSTRAINT [PK_ConfigUses] PRIMARY KEY NONCLUSTERED ([User], [Path])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [Configs] (
        [Id] uniqueidentifier NOT NULL,
        [Group] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Name] nvarchar(63) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Path] nvarchar(264) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [CreatedAt] bigint NOT NULL,
        [CreatedBy] nvarchar(256) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Revision] int NOT NULL,
        [DeletedAt] bigint NULL,
        CONSTRAINT [PK_Configs] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [Datasets] (
        [Id] uniqueidentifier NOT NULL,
        [Name] nvarchar(63) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Description] nvarchar(4000) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [CreatedAt] bigint NOT NULL,
        [CreatedBy] nvarchar(256) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [LatestVersion] int NOT NULL,
        CONSTRAINT [PK_Datasets] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [DecisionArchives] (
        [Id] uniqueidentifier NOT NULL,
        [AgentId] uniqueidentifier NOT NULL,
        [Day] bigint NOT NULL,
        [Digest] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Rows] bigint NOT NULL,
        [FirstAt] bigint NOT NULL,
        [LastAt] bigint NOT NULL,
        [FirstId] bigint NOT NULL,
        [LastId] bigint NOT NULL,
        [CreatedAt] bigint NOT NULL,
        CONSTRAINT [PK_DecisionArchives] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [Decisions] (
        [Id] uniqueidentifier NOT NULL,
        [AgentId] uniqueidentifier NOT NULL,
        [At] bigint NOT NULL,
        [ModelVersion] int NOT NULL,
        [Variant] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [PlanRevision] int NOT NULL,
        [Unit] nvarchar(256) COLLATE Latin1_General_100_BIN2 NULL,
        [Subject] nvarchar(256) COLLATE Latin1_General_100_BIN2 NULL,
        [Label] nvarchar(256) COLLATE Latin1_General_100_BIN2 NULL,
        [Score] float NULL,
        [LatencyMicroseconds] int NOT NULL,
        [Payload] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [TrueLabel] nvarchar(256) COLLATE Latin1_General_100_BIN2 NULL,
        [LabeledAt] bigint NULL,
        CONSTRAINT [PK_Decisions] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [FeedbackItems] (
        [Id] uniqueidentifier NOT NULL,
        [DecisionId] uniqueidentifier NOT NULL,
        [Kind] nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Value] nvarchar(4000) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [At] bigint NOT NULL,
        [ReceivedAt] bigint NOT NULL,
        [Source] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Identity] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Superseded] bit NOT NULL,
        [JoinedAt] bigint NULL,
        [AgentId] uniqueidentifier NULL,
        [Answered] nvarchar(256) COLLATE Latin1_General_100_BIN2 NULL,
        CONSTRAINT [PK_FeedbackItems] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [IdempotentRequests] (
        [Actor] nvarchar(256) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Key] nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [RequestDigest] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [CreatedAt] bigint NOT NULL,
        [Status] int NULL,
        [Done] bit NOT NULL,
        [Attempt] uniqueidentifier NOT NULL,
        [Node] uniqueidentifier NULL,
        [ContentType] nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL,
        [Location] nvarchar(500) COLLATE Latin1_General_100_BIN2 NULL,
        [Body] varbinary(max) NULL,
        CONSTRAINT [PK_IdempotentRequests] PRIMARY KEY NONCLUSTERED ([Actor], [Key])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [JournalPositions] (
        [Journal] nvarchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Segment] bigint NOT NULL,
        [Offset] bigint NOT NULL,
        CONSTRAINT [PK_JournalPositions] PRIMARY KEY ([Journal])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [LedgerCheckpoints] (
        [Id] uniqueidentifier NOT NULL,
        [Size] bigint NOT NULL,
        [Root] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Text] nvarchar(2000) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [CreatedAt] bigint NOT NULL,
        CONSTRAINT [PK_LedgerCheckpoints] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [LedgerEntries] (
        [Sequence] bigint NOT NULL,
        [At] bigint NOT NULL,
        [Actor] nvarchar(256) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [KeyMadeBy] nvarchar(256) COLLATE Latin1_General_100_BIN2 NULL,
        [Action] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Subject] nvarchar(300) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Detail] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Canonical] varbinary(max) NOT NULL,
        [PreviousHash] varbinary(32) NOT NULL,
        [Hash] varbinary(32) NOT NULL,
        CONSTRAINT [PK_LedgerEntries] PRIMARY KEY ([Sequence])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [LineageEdges] (
        [Id] uniqueidentifier NOT NULL,
        [From] nvarchar(300) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [To] nvarchar(300) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Relation] nvarchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [CreatedAt] bigint NOT NULL,
        CONSTRAINT [PK_LineageEdges] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [ModelCardRevisions] (
        [Id] uniqueidentifier NOT NULL,
        [ModelName] nvarchar(63) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Version] int NOT NULL,
        [Revision] int NOT NULL,
        [Sections] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [CreatedAt] bigint NOT NULL,
        [CreatedBy] nvarchar(256) COLLATE Latin1_General_100_BIN2 NOT NULL,
        CONSTRAINT [PK_ModelCardRevisions] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [ModelExplanations] (
        [Id] uniqueidentifier NOT NULL,
        [ModelName] nvarchar(63) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Version] int NOT NULL,
        [RowsDigest] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [RowsAre] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Label] nvarchar(256) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [State] nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Progress] float NOT NULL,
        [Result] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [Error] nvarchar(4000) COLLATE Latin1_General_100_BIN2 NULL,
        [Scores] nvarchar(64) COLLATE Latin1_General_100_BIN2 NULL,
        [Metrics] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [LeaseOwner] nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL,
        [LeaseUntil] bigint NULL,
        [Attempts] int NOT NULL,
        [CreatedAt] bigint NOT NULL,
        [CreatedBy] nvarchar(256) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [EndedAt] bigint NULL,
        CONSTRAINT [PK_ModelExplanations] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [Models] (
        [Id] uniqueidentifier NOT NULL,
        [Name] nvarchar(63) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Description] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Tags] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [CreatedAt] bigint NOT NULL,
        [CreatedBy] nvarchar(256) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [LatestVersion] int NOT NULL,
        [ProductionVersion] int NULL,
        CONSTRAINT [PK_Models] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [MonitoringMinutes] (
        [AgentId] uniqueidentifier NOT NULL,
        [ModelVersion] int NOT NULL,
        [Minute] bigint NOT NULL,
        [Decisions] bigint NOT NULL,
        [Errors] bigint NOT NULL,
        [Labeled] bigint NOT NULL,
        [Correct] bigint NOT NULL,
        [Latency] varbinary(max) NOT NULL,
        [Outputs] varbinary(max) NOT NULL,
        [Features] varbinary(max) NOT NULL,
        [Unseen] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        CONSTRAINT [PK_MonitoringMinutes] PRIMARY KEY ([AgentId], [Minute], [ModelVersion])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [Nodes] (
        [Id] uniqueidentifier NOT NULL,
        [Name] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Roles] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Version] nvarchar(50) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [StartedAt] bigint NOT NULL,
        [Beats] bigint NOT NULL,
        [SeenAt] bigint NOT NULL,
        [StoppedAt] bigint NULL,
        CONSTRAINT [PK_Nodes] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [People] (
        [Id] uniqueidentifier NOT NULL,
        [DisplayName] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [CreatedAt] bigint NOT NULL,
        [DisabledAt] bigint NULL,
        [UserName] nvarchar(256) COLLATE Latin1_General_100_BIN2 NULL,
        [NormalizedUserName] nvarchar(256) COLLATE Latin1_General_100_BIN2 NULL,
        [Email] nvarchar(256) COLLATE Latin1_General_100_BIN2 NULL,
        [NormalizedEmail] nvarchar(256) COLLATE Latin1_General_100_BIN2 NULL,
        [EmailConfirmed] bit NOT NULL,
        [PasswordHash] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [SecurityStamp] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [ConcurrencyStamp] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [PhoneNumber] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [PhoneNumberConfirmed] bit NOT NULL,
        [TwoFactorEnabled] bit NOT NULL,
        [LockoutEnd] bigint NULL,
        [LockoutEnabled] bit NOT NULL,
        [AccessFailedCount] int NOT NULL,
        CONSTRAINT [PK_People] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [Pipelines] (
        [Id] uniqueidentifier NOT NULL,
        [Name] nvarchar(63) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Description] nvarchar(4000) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [CreatedAt] bigint NOT NULL,
        [CreatedBy] nvarchar(256) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Revision] int NOT NULL,
        [Runs] int NOT NULL,
        CONSTRAINT [PK_Pipelines] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [Roles] (
        [Id] uniqueidentifier NOT NULL,
        [Name] nvarchar(256) COLLATE Latin1_General_100_BIN2 NULL,
        [NormalizedName] nvarchar(256) COLLATE Latin1_General_100_BIN2 NULL,
        [ConcurrencyStamp] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        CONSTRAINT [PK_Roles] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [SampleThings] (
        [Subject] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [CreatedAt] bigint NOT NULL,
        CONSTRAINT [PK_SampleThings] PRIMARY KEY ([Subject])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [SampleWorkspaces] (
        [Id] int NOT NULL,
        [State] nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Name] nvarchar(63) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Engineer] nvarchar(256) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Approver] nvarchar(256) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [CreatedAt] bigint NOT NULL,
        [Step] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [StepsDone] int NOT NULL,
        [Steps] int NOT NULL,
        [Error] nvarchar(4000) COLLATE Latin1_General_100_BIN2 NULL,
        [ReadyAt] bigint NULL,
        [RemovedAgent] uniqueidentifier NULL,
        [TrafficUntil] bigint NULL,
        CONSTRAINT [PK_SampleWorkspaces] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [SavedViews] (
        [Id] uniqueidentifier NOT NULL,
        [Name] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Query] nvarchar(4000) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [CreatedAt] bigint NOT NULL,
        [CreatedBy] nvarchar(256) COLLATE Latin1_General_100_BIN2 NOT NULL,
        CONSTRAINT [PK_SavedViews] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [SearchEntries] (
        [Id] bigint NOT NULL IDENTITY,
        [ThingId] uniqueidentifier NOT NULL,
        [Kind] nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Subject] nvarchar(300) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Title] nvarchar(300) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Text] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [At] bigint NOT NULL,
        CONSTRAINT [PK_SearchEntries] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [SharedKeys] (
        [Name] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Sealed] varbinary(8000) NOT NULL,
        [CreatedAt] bigint NOT NULL,
        CONSTRAINT [PK_SharedKeys] PRIMARY KEY ([Name])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [StepCacheEntries] (
        [CacheKey] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [RunId] uniqueidentifier NOT NULL,
        [StepId] uniqueidentifier NOT NULL,
        [Component] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Output] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [CreatedAt] bigint NOT NULL,
        CONSTRAINT [PK_StepCacheEntries] PRIMARY KEY ([CacheKey])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [ConfigRevisions] (
        [Id] uniqueidentifier NOT NULL,
        [ConfigId] uniqueidentifier NOT NULL,
        [Revision] int NOT NULL,
        [Yaml] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Digest] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [CreatedAt] bigint NOT NULL,
        [CreatedBy] nvarchar(256) COLLATE Latin1_General_100_BIN2 NOT NULL,
        CONSTRAINT [PK_ConfigRevisions] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_ConfigRevisions_Configs_ConfigId] FOREIGN KEY ([ConfigId]) REFERENCES [Configs] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [DatasetVersions] (
        [Id] uniqueidentifier NOT NULL,
        [DatasetId] uniqueidentifier NOT NULL,
        [DatasetName] nvarchar(63) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Version] int NOT NULL,
        [Digest] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [ContentKey] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [ParquetDigest] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Format] nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Bytes] bigint NOT NULL,
        [Rows] bigint NOT NULL,
        [Columns] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Profile] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Source] nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [CreatedAt] bigint NOT NULL,
        [CreatedBy] nvarchar(256) COLLATE Latin1_General_100_BIN2 NOT NULL,
        CONSTRAINT [PK_DatasetVersions] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_DatasetVersions_Datasets_DatasetId] FOREIGN KEY ([DatasetId]) REFERENCES [Datasets] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [ModelAliases] (
        [ModelId] uniqueidentifier NOT NULL,
        [Alias] nvarchar(63) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Version] int NOT NULL,
        CONSTRAINT [PK_ModelAliases] PRIMARY KEY ([ModelId], [Alias]),
        CONSTRAINT [FK_ModelAliases_Models_ModelId] FOREIGN KEY ([ModelId]) REFERENCES [Models] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [ModelVersions] (
        [Id] uniqueidentifier NOT NULL,
        [ModelId] uniqueidentifier NOT NULL,
        [ModelName] nvarchar(63) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Version] int NOT NULL,
        [Kind] nvarchar(8) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Stage] nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Digest] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Bytes] bigint NOT NULL,
        [Signature] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Metrics] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Evaluation] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [Reference] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [RunId] uniqueidentifier NULL,
        [Provenance] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Description] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Tags] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [CreatedAt] bigint NOT NULL,
        [CreatedBy] nvarchar(256) COLLATE Latin1_General_100_BIN2 NOT NULL,
        CONSTRAINT [PK_ModelVersions] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_ModelVersions_Models_ModelId] FOREIGN KEY ([ModelId]) REFERENCES [Models] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [ApiKeys] (
        [Id] uniqueidentifier NOT NULL,
        [PersonId] uniqueidentifier NOT NULL,
        [Name] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Prefix] nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Hash] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Roles] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [CreatedBy] nvarchar(256) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [CreatedAt] bigint NOT NULL,
        [ExpiresAt] bigint NOT NULL,
        [RevokedAt] bigint NULL,
        [LastUsedAt] bigint NULL,
        CONSTRAINT [PK_ApiKeys] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_ApiKeys_People_PersonId] FOREIGN KEY ([PersonId]) REFERENCES [People] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [PersonClaims] (
        [Id] int NOT NULL IDENTITY,
        [UserId] uniqueidentifier NOT NULL,
        [ClaimType] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [ClaimValue] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        CONSTRAINT [PK_PersonClaims] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_PersonClaims_People_UserId] FOREIGN KEY ([UserId]) REFERENCES [People] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [PersonLogins] (
        [LoginProvider] nvarchar(128) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [ProviderKey] nvarchar(256) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [ProviderDisplayName] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [UserId] uniqueidentifier NOT NULL,
        CONSTRAINT [PK_PersonLogins] PRIMARY KEY ([LoginProvider], [ProviderKey]),
        CONSTRAINT [FK_PersonLogins_People_UserId] FOREIGN KEY ([UserId]) REFERENCES [People] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [PersonTokens] (
        [UserId] uniqueidentifier NOT NULL,
        [LoginProvider] nvarchar(128) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Name] nvarchar(128) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Value] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        CONSTRAINT [PK_PersonTokens] PRIMARY KEY ([UserId], [LoginProvider], [Name]),
        CONSTRAINT [FK_PersonTokens_People_UserId] FOREIGN KEY ([UserId]) REFERENCES [People] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [SetupLinks] (
        [Id] uniqueidentifier NOT NULL,
        [PersonId] uniqueidentifier NULL,
        [TokenHash] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [CreatedAt] bigint NOT NULL,
        [ExpiresAt] bigint NOT NULL,
        CONSTRAINT [PK_SetupLinks] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_SetupLinks_People_PersonId] FOREIGN KEY ([PersonId]) REFERENCES [People] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [PipelineRevisions] (
        [Id] uniqueidentifier NOT NULL,
        [PipelineId] uniqueidentifier NOT NULL,
        [Revision] int NOT NULL,
        [Yaml] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Digest] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [CreatedAt] bigint NOT NULL,
        [CreatedBy] nvarchar(256) COLLATE Latin1_General_100_BIN2 NOT NULL,
        CONSTRAINT [PK_PipelineRevisions] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_PipelineRevisions_Pipelines_PipelineId] FOREIGN KEY ([PipelineId]) REFERENCES [Pipelines] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [Runs] (
        [Id] uniqueidentifier NOT NULL,
        [PipelineId] uniqueidentifier NOT NULL,
        [PipelineName] nvarchar(63) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Revision] int NOT NULL,
        [Number] int NOT NULL,
        [Status] nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Trigger] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [CreatedAt] bigint NOT NULL,
        [CreatedBy] nvarchar(256) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [StartedAt] bigint NULL,
        [EndedAt] bigint NULL,
        [DurationUs] AS "EndedAt" - "StartedAt" PERSISTED,
        [Overrides] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Composed] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [ComposedDigest] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Origins] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [SweepId] uniqueidentifier NULL,
        [Environment] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Error] nvarchar(4000) COLLATE Latin1_General_100_BIN2 NULL,
        [CancelRequestedAt] bigint NULL,
        [LeaseOwner] nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL,
        [LeaseUntil] bigint NULL,
        [Recoveries] int NOT NULL,
        [ModelName] nvarchar(63) COLLATE Latin1_General_100_BIN2 NULL,
        [ModelVersion] int NULL,
        [Note] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        CONSTRAINT [PK_Runs] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_Runs_Pipelines_PipelineId] FOREIGN KEY ([PipelineId]) REFERENCES [Pipelines] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [Sweeps] (
        [Id] uniqueidentifier NOT NULL,
        [PipelineId] uniqueidentifier NOT NULL,
        [PipelineName] nvarchar(63) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Revision] int NOT NULL,
        [Number] int NOT NULL,
        [State] nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Overrides] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Space] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Dataset] nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL,
        [Strategy] nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Seed] int NOT NULL,
        [Metric] nvarchar(250) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Maximize] bit NOT NULL,
        [MaxTrials] int NOT NULL,
        [Parallel] int NOT NULL,
        [Stopping] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [CreatedAt] bigint NOT NULL,
        [CreatedBy] nvarchar(256) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [EndedAt] bigint NULL,
        [Error] nvarchar(4000) COLLATE Latin1_General_100_BIN2 NULL,
        [Version] int NOT NULL,
        CONSTRAINT [PK_Sweeps] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_Sweeps_Pipelines_PipelineId] FOREIGN KEY ([PipelineId]) REFERENCES [Pipelines] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [PersonRoles] (
        [UserId] uniqueidentifier NOT NULL,
        [RoleId] uniqueidentifier NOT NULL,
        CONSTRAINT [PK_PersonRoles] PRIMARY KEY ([UserId], [RoleId]),
        CONSTRAINT [FK_PersonRoles_People_UserId] FOREIGN KEY ([UserId]) REFERENCES [People] ([Id]) ON DELETE CASCADE,
        CONSTRAINT [FK_PersonRoles_Roles_RoleId] FOREIGN KEY ([RoleId]) REFERENCES [Roles] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [RoleClaims] (
        [Id] int NOT NULL IDENTITY,
        [RoleId] uniqueidentifier NOT NULL,
        [ClaimType] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [ClaimValue] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        CONSTRAINT [PK_RoleClaims] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_RoleClaims_Roles_RoleId] FOREIGN KEY ([RoleId]) REFERENCES [Roles] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [RunArtifacts] (
        [RunId] uniqueidentifier NOT NULL,
        [Path] nvarchar(500) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Digest] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Bytes] bigint NOT NULL,
        [CreatedAt] bigint NOT NULL,
        CONSTRAINT [PK_RunArtifacts] PRIMARY KEY NONCLUSTERED ([RunId], [Path]),
        CONSTRAINT [FK_RunArtifacts_Runs_RunId] FOREIGN KEY ([RunId]) REFERENCES [Runs] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [RunLatestMetrics] (
        [RunId] uniqueidentifier NOT NULL,
        [Key] nvarchar(250) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Value] float NOT NULL,
        [Lower] float NULL,
        [Upper] float NULL,
        [Step] bigint NOT NULL,
        [At] bigint NOT NULL,
        [Final] bit NOT NULL,
        CONSTRAINT [PK_RunLatestMetrics] PRIMARY KEY ([RunId], [Key]),
        CONSTRAINT [FK_RunLatestMetrics_Runs_RunId] FOREIGN KEY ([RunId]) REFERENCES [Runs] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [RunMetrics] (
        [Id] bigint NOT NULL IDENTITY,
        [RunId] uniqueidentifier NOT NULL,
        [Key] nvarchar(250) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Value] float NOT NULL,
        [Step] bigint NOT NULL,
        [At] bigint NOT NULL,
        CONSTRAINT [PK_RunMetrics] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_RunMetrics_Runs_RunId] FOREIGN KEY ([RunId]) REFERENCES [Runs] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [RunParams] (
        [RunId] uniqueidentifier NOT NULL,
        [Key] nvarchar(250) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Value] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Text] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Number] float NULL,
        CONSTRAINT [PK_RunParams] PRIMARY KEY ([RunId], [Key]),
        CONSTRAINT [FK_RunParams_Runs_RunId] FOREIGN KEY ([RunId]) REFERENCES [Runs] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [RunSteps] (
        [Id] uniqueidentifier NOT NULL,
        [RunId] uniqueidentifier NOT NULL,
        [Ordinal] int NOT NULL,
        [Name] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Component] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Status] nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Cached] bit NOT NULL,
        [CachedFromRunId] uniqueidentifier NULL,
        [CacheKey] nvarchar(64) COLLATE Latin1_General_100_BIN2 NULL,
        [CacheKeyParts] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [CacheMiss] nvarchar(1000) COLLATE Latin1_General_100_BIN2 NULL,
        [Attempt] int NOT NULL,
        [StartedAt] bigint NULL,
        [EndedAt] bigint NULL,
        [Error] nvarchar(4000) COLLATE Latin1_General_100_BIN2 NULL,
        [Progress] float NULL,
        [ProgressText] nvarchar(200) COLLATE Latin1_General_100_BIN2 NULL,
        [Output] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        CONSTRAINT [PK_RunSteps] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_RunSteps_Runs_RunId] FOREIGN KEY ([RunId]) REFERENCES [Runs] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [RunTags] (
        [RunId] uniqueidentifier NOT NULL,
        [Key] nvarchar(250) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Value] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        CONSTRAINT [PK_RunTags] PRIMARY KEY ([RunId], [Key]),
        CONSTRAINT [FK_RunTags_Runs_RunId] FOREIGN KEY ([RunId]) REFERENCES [Runs] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [SweepTrials] (
        [SweepId] uniqueidentifier NOT NULL,
        [Index] int NOT NULL,
        [Overrides] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [RunId] uniqueidentifier NOT NULL,
        [Stopped] nvarchar(400) COLLATE Latin1_General_100_BIN2 NULL,
        [Error] nvarchar(4000) COLLATE Latin1_General_100_BIN2 NULL,
        CONSTRAINT [PK_SweepTrials] PRIMARY KEY ([SweepId], [Index]),
        CONSTRAINT [FK_SweepTrials_Sweeps_SweepId] FOREIGN KEY ([SweepId]) REFERENCES [Sweeps] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE TABLE [StepLogChunks] (
        [Id] bigint NOT NULL IDENTITY,
        [StepId] uniqueidentifier NOT NULL,
        [Attempt] int NOT NULL,
        [At] bigint NOT NULL,
        [Text] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        CONSTRAINT [PK_StepLogChunks] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_StepLogChunks_RunSteps_StepId] FOREIGN KEY ([StepId]) REFERENCES [RunSteps] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    IF EXISTS (SELECT * FROM [sys].[identity_columns] WHERE [name] IN (N'Id', N'ConcurrencyStamp', N'Name', N'NormalizedName') AND [object_id] = OBJECT_ID(N'[Roles]'))
        SET IDENTITY_INSERT [Roles] ON;
    EXEC(N'INSERT INTO [Roles] ([Id], [ConcurrencyStamp], [Name], [NormalizedName])
    VALUES (''00000000-0000-0000-0000-000000000001'', NULL, N''Viewer'', N''VIEWER''),
    (''00000000-0000-0000-0000-000000000002'', NULL, N''Labeler'', N''LABELER''),
    (''00000000-0000-0000-0000-000000000003'', NULL, N''Engineer'', N''ENGINEER''),
    (''00000000-0000-0000-0000-000000000004'', NULL, N''Approver'', N''APPROVER''),
    (''00000000-0000-0000-0000-000000000005'', NULL, N''Auditor'', N''AUDITOR''),
    (''00000000-0000-0000-0000-000000000006'', NULL, N''Admin'', N''ADMIN'')');
    IF EXISTS (SELECT * FROM [sys].[identity_columns] WHERE [name] IN (N'Id', N'ConcurrencyStamp', N'Name', N'NormalizedName') AND [object_id] = OBJECT_ID(N'[Roles]'))
        SET IDENTITY_INSERT [Roles] OFF;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE INDEX [IX_Agents_ModelName] ON [Agents] ([ModelName]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE UNIQUE INDEX [IX_Agents_Name] ON [Agents] ([Name]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE UNIQUE INDEX [IX_ApiKeys_Hash] ON [ApiKeys] ([Hash]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE INDEX [IX_ApiKeys_PersonId_CreatedAt_Id] ON [ApiKeys] ([PersonId], [CreatedAt], [Id]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE INDEX [IX_Approvals_CreatedAt_Id] ON [Approvals] ([CreatedAt], [Id]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE INDEX [IX_Approvals_State_CreatedAt_Id] ON [Approvals] ([State], [CreatedAt], [Id]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE INDEX [IX_Approvals_Subject_State] ON [Approvals] ([Subject], [State]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE UNIQUE INDEX [IX_ConfigRevisions_ConfigId_Revision] ON [ConfigRevisions] ([ConfigId], [Revision]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE INDEX [IX_ConfigUses_Path] ON [ConfigUses] ([Path]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE INDEX [IX_Configs_Group_Name] ON [Configs] ([Group], [Name]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE UNIQUE INDEX [IX_Configs_Path] ON [Configs] ([Path]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE UNIQUE INDEX [IX_DatasetVersions_DatasetId_ContentKey] ON [DatasetVersions] ([DatasetId], [ContentKey]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE UNIQUE INDEX [IX_DatasetVersions_DatasetId_Version] ON [DatasetVersions] ([DatasetId], [Version]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE UNIQUE INDEX [IX_Datasets_Name] ON [Datasets] ([Name]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE INDEX [IX_DecisionArchives_AgentId_LastAt] ON [DecisionArchives] ([AgentId], [LastAt]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE INDEX [IX_DecisionArchives_LastId_FirstId] ON [DecisionArchives] ([LastId], [FirstId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    EXEC(N'CREATE INDEX [IX_Decisions_AgentId_At] ON [Decisions] ([AgentId], [At]) WHERE "TrueLabel" IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE INDEX [IX_Decisions_AgentId_At_Id] ON [Decisions] ([AgentId], [At], [Id]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    EXEC(N'CREATE INDEX [IX_Decisions_AgentId_Unit_At_Id] ON [Decisions] ([AgentId], [Unit], [At], [Id]) WHERE "Unit" IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE INDEX [IX_FeedbackItems_AgentId_JoinedAt_Id] ON [FeedbackItems] ([AgentId], [JoinedAt], [Id]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE INDEX [IX_FeedbackItems_DecisionId_At] ON [FeedbackItems] ([DecisionId], [At]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE UNIQUE INDEX [IX_FeedbackItems_Identity] ON [FeedbackItems] ([Identity]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE INDEX [IX_FeedbackItems_JoinedAt_ReceivedAt] ON [FeedbackItems] ([JoinedAt], [ReceivedAt]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE INDEX [IX_IdempotentRequests_CreatedAt] ON [IdempotentRequests] ([CreatedAt]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE INDEX [IX_LedgerCheckpoints_CreatedAt_Id] ON [LedgerCheckpoints] ([CreatedAt], [Id]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE UNIQUE INDEX [IX_LedgerCheckpoints_Size] ON [LedgerCheckpoints] ([Size]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE INDEX [IX_LedgerEntries_Actor_Sequence] ON [LedgerEntries] ([Actor], [Sequence]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE INDEX [IX_LedgerEntries_At_Sequence] ON [LedgerEntries] ([At], [Sequence]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE UNIQUE INDEX [IX_LedgerEntries_PreviousHash] ON [LedgerEntries] ([PreviousHash]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE INDEX [IX_LedgerEntries_Subject_Sequence] ON [LedgerEntries] ([Subject], [Sequence]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE UNIQUE INDEX [IX_LineageEdges_From_Relation_To] ON [LineageEdges] ([From], [Relation], [To]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE INDEX [IX_LineageEdges_To_Relation_From] ON [LineageEdges] ([To], [Relation], [From]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE UNIQUE INDEX [IX_ModelCardRevisions_ModelName_Version_Revision] ON [ModelCardRevisions] ([ModelName], [Version], [Revision]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE INDEX [IX_ModelExplanations_ModelName_Version_CreatedAt] ON [ModelExplanations] ([ModelName], [Version], [CreatedAt]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE INDEX [IX_ModelExplanations_State_CreatedAt] ON [ModelExplanations] ([State], [CreatedAt]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE INDEX [IX_ModelVersions_CreatedAt_Id] ON [ModelVersions] ([CreatedAt], [Id]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE UNIQUE INDEX [IX_ModelVersions_ModelId_Version] ON [ModelVersions] ([ModelId], [Version]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    EXEC(N'CREATE UNIQUE INDEX [IX_ModelVersions_RunId] ON [ModelVersions] ([RunId]) WHERE [RunId] IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE UNIQUE INDEX [IX_Models_Name] ON [Models] ([Name]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE INDEX [IX_Nodes_SeenAt] ON [Nodes] ([SeenAt]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE INDEX [IX_Nodes_StartedAt_Id] ON [Nodes] ([StartedAt], [Id]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE INDEX [EmailIndex] ON [People] ([NormalizedEmail]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE INDEX [IX_People_CreatedAt_Id] ON [People] ([CreatedAt], [Id]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    EXEC(N'CREATE UNIQUE INDEX [UserNameIndex] ON [People] ([NormalizedUserName]) WHERE [NormalizedUserName] IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE INDEX [IX_PersonClaims_UserId] ON [PersonClaims] ([UserId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE INDEX [IX_PersonLogins_UserId] ON [PersonLogins] ([UserId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE INDEX [IX_PersonRoles_RoleId] ON [PersonRoles] ([RoleId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE UNIQUE INDEX [IX_PipelineRevisions_PipelineId_Revision] ON [PipelineRevisions] ([PipelineId], [Revision]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE UNIQUE INDEX [IX_Pipelines_Name] ON [Pipelines] ([Name]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE INDEX [IX_RoleClaims_RoleId] ON [RoleClaims] ([RoleId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    EXEC(N'CREATE UNIQUE INDEX [RoleNameIndex] ON [Roles] ([NormalizedName]) WHERE [NormalizedName] IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE INDEX [IX_RunLatestMetrics_Key_Value_RunId] ON [RunLatestMetrics] ([Key], [Value], [RunId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE INDEX [IX_RunMetrics_RunId_Key_Id] ON [RunMetrics] ([RunId], [Key], [Id]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE INDEX [IX_RunParams_Key_Number_Text_RunId] ON [RunParams] ([Key], [Number], [Text], [RunId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE INDEX [IX_RunSteps_CacheKey] ON [RunSteps] ([CacheKey]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE UNIQUE INDEX [IX_RunSteps_RunId_Name] ON [RunSteps] ([RunId], [Name]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE UNIQUE INDEX [IX_RunSteps_RunId_Ordinal] ON [RunSteps] ([RunId], [Ordinal]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE INDEX [IX_RunTags_Key_RunId] ON [RunTags] ([Key], [RunId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE INDEX [IX_Runs_CreatedAt_Id] ON [Runs] ([CreatedAt], [Id]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE INDEX [IX_Runs_DurationUs_Id] ON [Runs] ([DurationUs], [Id]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE INDEX [IX_Runs_PipelineId_CreatedAt_Id] ON [Runs] ([PipelineId], [CreatedAt], [Id]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE UNIQUE INDEX [IX_Runs_PipelineId_Number] ON [Runs] ([PipelineId], [Number]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE INDEX [IX_Runs_Status_CreatedAt_Id] ON [Runs] ([Status], [CreatedAt], [Id]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE INDEX [IX_Runs_SweepId] ON [Runs] ([SweepId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE UNIQUE INDEX [IX_SavedViews_Name] ON [SavedViews] ([Name]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE UNIQUE INDEX [IX_SearchEntries_ThingId] ON [SearchEntries] ([ThingId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE INDEX [IX_SetupLinks_PersonId] ON [SetupLinks] ([PersonId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE UNIQUE INDEX [IX_SetupLinks_TokenHash] ON [SetupLinks] ([TokenHash]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE INDEX [IX_StepLogChunks_StepId_Id] ON [StepLogChunks] ([StepId], [Id]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE UNIQUE INDEX [IX_SweepTrials_RunId] ON [SweepTrials] ([RunId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE INDEX [IX_Sweeps_CreatedAt_Id] ON [Sweeps] ([CreatedAt], [Id]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE UNIQUE INDEX [IX_Sweeps_PipelineId_Number] ON [Sweeps] ([PipelineId], [Number]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    CREATE INDEX [IX_Sweeps_State_CreatedAt_Id] ON [Sweeps] ([State], [CreatedAt], [Id]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000000_Initial'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261123000000_Initial', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000001_LedgerTriggers'
)
BEGIN
    EXEC(N'CREATE TRIGGER [LedgerEntries_no_change] ON [LedgerEntries] INSTEAD OF UPDATE, DELETE AS
    THROW 50000, N''The ledger is append-only.'', 1;');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000001_LedgerTriggers'
)
BEGIN
    CREATE TABLE [LedgerEntries_no_truncate] (
        [Sequence] bigint NULL CONSTRAINT [FK_LedgerEntries_no_truncate] REFERENCES [LedgerEntries] ([Sequence])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000001_LedgerTriggers'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261123000001_LedgerTriggers', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000002_SearchIndex'
)
BEGIN
    EXEC(N'CREATE TRIGGER [Datasets_search_delete] ON [Datasets] AFTER DELETE AS
    BEGIN SET NOCOUNT ON; DELETE FROM [SearchEntries] WHERE [ThingId] IN (SELECT [Id] FROM deleted); END');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000002_SearchIndex'
)
BEGIN
    EXEC(N'CREATE TRIGGER [Pipelines_search_delete] ON [Pipelines] AFTER DELETE AS
    BEGIN SET NOCOUNT ON; DELETE FROM [SearchEntries] WHERE [ThingId] IN (SELECT [Id] FROM deleted); END');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000002_SearchIndex'
)
BEGIN
    EXEC(N'CREATE TRIGGER [Configs_search_delete] ON [Configs] AFTER DELETE AS
    BEGIN SET NOCOUNT ON; DELETE FROM [SearchEntries] WHERE [ThingId] IN (SELECT [Id] FROM deleted); END');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000002_SearchIndex'
)
BEGIN
    EXEC(N'CREATE TRIGGER [Runs_search_delete] ON [Runs] AFTER DELETE AS
    BEGIN SET NOCOUNT ON; DELETE FROM [SearchEntries] WHERE [ThingId] IN (SELECT [Id] FROM deleted); END');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000002_SearchIndex'
)
BEGIN
    EXEC(N'CREATE TRIGGER [Sweeps_search_delete] ON [Sweeps] AFTER DELETE AS
    BEGIN SET NOCOUNT ON; DELETE FROM [SearchEntries] WHERE [ThingId] IN (SELECT [Id] FROM deleted); END');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000002_SearchIndex'
)
BEGIN
    EXEC(N'CREATE TRIGGER [Models_search_delete] ON [Models] AFTER DELETE AS
    BEGIN SET NOCOUNT ON; DELETE FROM [SearchEntries] WHERE [ThingId] IN (SELECT [Id] FROM deleted); END');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000002_SearchIndex'
)
BEGIN
    EXEC(N'CREATE TRIGGER [ModelVersions_search_delete] ON [ModelVersions] AFTER DELETE AS
    BEGIN SET NOCOUNT ON; DELETE FROM [SearchEntries] WHERE [ThingId] IN (SELECT [Id] FROM deleted); END');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000002_SearchIndex'
)
BEGIN
    EXEC(N'CREATE TRIGGER [Agents_search_delete] ON [Agents] AFTER DELETE AS
    BEGIN SET NOCOUNT ON; DELETE FROM [SearchEntries] WHERE [ThingId] IN (SELECT [Id] FROM deleted); END');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123000002_SearchIndex'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261123000002_SearchIndex', N'10.0.14');
END;

COMMIT;
GO

