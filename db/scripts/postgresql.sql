CREATE TABLE IF NOT EXISTS "__EFMigrationsHistory" (
    "MigrationId" character varying(150) NOT NULL,
    "ProductVersion" character varying(32) NOT NULL,
    CONSTRAINT "PK___EFMigrationsHistory" PRIMARY KEY ("MigrationId")
);

START TRANSACTION;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "Agents" (
        "Id" uuid NOT NULL,
        "Name" character varying(63) COLLATE "C" NOT NULL,
        "Description" character varying(4000) COLLATE "C" NOT NULL,
        "ModelName" character varying(63) COLLATE "C" NOT NULL,
        "PlanRevision" integer NOT NULL,
        "ServedVersion" integer,
        "CreatedAt" bigint NOT NULL,
        "CreatedBy" character varying(256) COLLATE "C" NOT NULL,
        "ChangedAt" bigint NOT NULL,
        CONSTRAINT "PK_Agents" PRIMARY KEY ("Id")
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "Approvals" (
        "Id" uuid NOT NULL,
        "Kind" character varying(32) COLLATE "C" NOT NULL,
        "Subject" character varying(300) COLLATE "C" NOT NULL,
        "Change" text COLLATE "C" NOT NULL,
        "CreatedAt" bigint NOT NULL,
        "ExpiresAt" bigint NOT NULL,
        "RequestedBy" character varying(256) COLLATE "C" NOT NULL,
        "Reason" character varying(4000) COLLATE "C" NOT NULL,
        "Evidence" text COLLATE "C" NOT NULL,
        "EvidenceDigest" character varying(64) COLLATE "C" NOT NULL,
        "State" character varying(16) COLLATE "C" NOT NULL,
        "DecidedBy" character varying(256) COLLATE "C",
        "DecidedAt" bigint,
        "Comment" character varying(4000) COLLATE "C",
        CONSTRAINT "PK_Approvals" PRIMARY KEY ("Id")
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "ConfigUses" (
        "User" character varying(280) COLLATE "C" NOT NULL,
        "Path" character varying(264) COLLATE "C" NOT NULL,
        CONSTRAINT "PK_ConfigUses" PRIMARY KEY ("User", "Path")
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "Configs" (
        "Id" uuid NOT NULL,
        "Group" character varying(200) COLLATE "C" NOT NULL,
        "Name" character varying(63) COLLATE "C" NOT NULL,
        "Path" character varying(264) COLLATE "C" NOT NULL,
        "CreatedAt" bigint NOT NULL,
        "CreatedBy" character varying(256) COLLATE "C" NOT NULL,
        "Revision" integer NOT NULL,
        "DeletedAt" bigint,
        CONSTRAINT "PK_Configs" PRIMARY KEY ("Id")
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "Datasets" (
        "Id" uuid NOT NULL,
        "Name" character varying(63) COLLATE "C" NOT NULL,
        "Description" character varying(4000) COLLATE "C" NOT NULL,
        "CreatedAt" bigint NOT NULL,
        "CreatedBy" character varying(256) COLLATE "C" NOT NULL,
        "LatestVersion" integer NOT NULL,
        CONSTRAINT "PK_Datasets" PRIMARY KEY ("Id")
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "DecisionArchives" (
        "Id" uuid NOT NULL,
        "AgentId" uuid NOT NULL,
        "Day" bigint NOT NULL,
        "Digest" character varying(64) COLLATE "C" NOT NULL,
        "Rows" bigint NOT NULL,
        "FirstAt" bigint NOT NULL,
        "LastAt" bigint NOT NULL,
        "FirstId" bigint NOT NULL,
        "LastId" bigint NOT NULL,
        "CreatedAt" bigint NOT NULL,
        CONSTRAINT "PK_DecisionArchives" PRIMARY KEY ("Id")
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "Decisions" (
        "Id" uuid NOT NULL,
        "AgentId" uuid NOT NULL,
        "At" bigint NOT NULL,
        "ModelVersion" integer NOT NULL,
        "Variant" character varying(64) COLLATE "C" NOT NULL,
        "PlanRevision" integer NOT NULL,
        "Unit" character varying(256) COLLATE "C",
        "Subject" character varying(256) COLLATE "C",
        "Label" character varying(256) COLLATE "C",
        "Score" double precision,
        "LatencyMicroseconds" integer NOT NULL,
        "Payload" text COLLATE "C" NOT NULL,
        "TrueLabel" character varying(256) COLLATE "C",
        "LabeledAt" bigint,
        CONSTRAINT "PK_Decisions" PRIMARY KEY ("Id")
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "FeedbackItems" (
        "Id" uuid NOT NULL,
        "DecisionId" uuid NOT NULL,
        "Kind" character varying(16) COLLATE "C" NOT NULL,
        "Value" character varying(4000) COLLATE "C" NOT NULL,
        "At" bigint NOT NULL,
        "ReceivedAt" bigint NOT NULL,
        "Source" character varying(100) COLLATE "C" NOT NULL,
        "Identity" character varying(64) COLLATE "C" NOT NULL,
        "Superseded" boolean NOT NULL,
        "JoinedAt" bigint,
        "AgentId" uuid,
        "Answered" character varying(256) COLLATE "C",
        CONSTRAINT "PK_FeedbackItems" PRIMARY KEY ("Id")
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "IdempotentRequests" (
        "Actor" character varying(256) COLLATE "C" NOT NULL,
        "Key" character varying(255) COLLATE "C" NOT NULL,
        "RequestDigest" character varying(64) COLLATE "C" NOT NULL,
        "CreatedAt" bigint NOT NULL,
        "Status" integer,
        "Done" boolean NOT NULL,
        "Attempt" uuid NOT NULL,
        "Node" uuid,
        "ContentType" character varying(100) COLLATE "C",
        "Location" character varying(500) COLLATE "C",
        "Body" bytea,
        CONSTRAINT "PK_IdempotentRequests" PRIMARY KEY ("Actor", "Key")
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "JournalPositions" (
        "Journal" character varying(32) COLLATE "C" NOT NULL,
        "Segment" bigint NOT NULL,
        "Offset" bigint NOT NULL,
        CONSTRAINT "PK_JournalPositions" PRIMARY KEY ("Journal")
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "LedgerCheckpoints" (
        "Id" uuid NOT NULL,
        "Size" bigint NOT NULL,
        "Root" character varying(64) COLLATE "C" NOT NULL,
        "Text" character varying(2000) COLLATE "C" NOT NULL,
        "CreatedAt" bigint NOT NULL,
        CONSTRAINT "PK_LedgerCheckpoints" PRIMARY KEY ("Id")
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "LedgerEntries" (
        "Sequence" bigint NOT NULL,
        "At" bigint NOT NULL,
        "Actor" character varying(256) COLLATE "C" NOT NULL,
        "KeyMadeBy" character varying(256) COLLATE "C",
        "Action" character varying(64) COLLATE "C" NOT NULL,
        "Subject" character varying(300) COLLATE "C" NOT NULL,
        "Detail" text COLLATE "C" NOT NULL,
        "Canonical" bytea NOT NULL,
        "PreviousHash" bytea NOT NULL,
        "Hash" bytea NOT NULL,
        CONSTRAINT "PK_LedgerEntries" PRIMARY KEY ("Sequence")
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "LineageEdges" (
        "Id" uuid NOT NULL,
        "From" character varying(300) COLLATE "C" NOT NULL,
        "To" character varying(300) COLLATE "C" NOT NULL,
        "Relation" character varying(32) COLLATE "C" NOT NULL,
        "CreatedAt" bigint NOT NULL,
        CONSTRAINT "PK_LineageEdges" PRIMARY KEY ("Id")
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "ModelCardRevisions" (
        "Id" uuid NOT NULL,
        "ModelName" character varying(63) COLLATE "C" NOT NULL,
        "Version" integer NOT NULL,
        "Revision" integer NOT NULL,
        "Sections" text COLLATE "C" NOT NULL,
        "CreatedAt" bigint NOT NULL,
        "CreatedBy" character varying(256) COLLATE "C" NOT NULL,
        CONSTRAINT "PK_ModelCardRevisions" PRIMARY KEY ("Id")
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "ModelExplanations" (
        "Id" uuid NOT NULL,
        "ModelName" character varying(63) COLLATE "C" NOT NULL,
        "Version" integer NOT NULL,
        "RowsDigest" character varying(64) COLLATE "C" NOT NULL,
        "RowsAre" character varying(200) COLLATE "C" NOT NULL,
        "Label" character varying(256) COLLATE "C" NOT NULL,
        "State" character varying(16) COLLATE "C" NOT NULL,
        "Progress" double precision NOT NULL,
        "Result" text COLLATE "C",
        "Error" character varying(4000) COLLATE "C",
        "Scores" character varying(64) COLLATE "C",
        "Metrics" text COLLATE "C",
        "LeaseOwner" character varying(100) COLLATE "C",
        "LeaseUntil" bigint,
        "Attempts" integer NOT NULL,
        "CreatedAt" bigint NOT NULL,
        "CreatedBy" character varying(256) COLLATE "C" NOT NULL,
        "EndedAt" bigint,
        CONSTRAINT "PK_ModelExplanations" PRIMARY KEY ("Id")
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "Models" (
        "Id" uuid NOT NULL,
        "Name" character varying(63) COLLATE "C" NOT NULL,
        "Description" text COLLATE "C" NOT NULL,
        "Tags" text COLLATE "C" NOT NULL,
        "CreatedAt" bigint NOT NULL,
        "CreatedBy" character varying(256) COLLATE "C" NOT NULL,
        "LatestVersion" integer NOT NULL,
        "ProductionVersion" integer,
        CONSTRAINT "PK_Models" PRIMARY KEY ("Id")
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "MonitoringMinutes" (
        "AgentId" uuid NOT NULL,
        "ModelVersion" integer NOT NULL,
        "Minute" bigint NOT NULL,
        "Decisions" bigint NOT NULL,
        "Errors" bigint NOT NULL,
        "Labeled" bigint NOT NULL,
        "Correct" bigint NOT NULL,
        "Latency" bytea NOT NULL,
        "Outputs" bytea NOT NULL,
        "Features" bytea NOT NULL,
        "Unseen" text COLLATE "C",
        CONSTRAINT "PK_MonitoringMinutes" PRIMARY KEY ("AgentId", "Minute", "ModelVersion")
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "Nodes" (
        "Id" uuid NOT NULL,
        "Name" character varying(100) COLLATE "C" NOT NULL,
        "Roles" character varying(100) COLLATE "C" NOT NULL,
        "Version" character varying(50) COLLATE "C" NOT NULL,
        "StartedAt" bigint NOT NULL,
        "Beats" bigint NOT NULL,
        "SeenAt" bigint NOT NULL,
        "StoppedAt" bigint,
        CONSTRAINT "PK_Nodes" PRIMARY KEY ("Id")
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "People" (
        "Id" uuid NOT NULL,
        "DisplayName" character varying(200) COLLATE "C" NOT NULL,
        "CreatedAt" bigint NOT NULL,
        "DisabledAt" bigint,
        "UserName" character varying(256) COLLATE "C",
        "NormalizedUserName" character varying(256) COLLATE "C",
        "Email" character varying(256) COLLATE "C",
        "NormalizedEmail" character varying(256) COLLATE "C",
        "EmailConfirmed" boolean NOT NULL,
        "PasswordHash" text COLLATE "C",
        "SecurityStamp" text COLLATE "C",
        "ConcurrencyStamp" text COLLATE "C",
        "PhoneNumber" text COLLATE "C",
        "PhoneNumberConfirmed" boolean NOT NULL,
        "TwoFactorEnabled" boolean NOT NULL,
        "LockoutEnd" bigint,
        "LockoutEnabled" boolean NOT NULL,
        "AccessFailedCount" integer NOT NULL,
        CONSTRAINT "PK_People" PRIMARY KEY ("Id")
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "Pipelines" (
        "Id" uuid NOT NULL,
        "Name" character varying(63) COLLATE "C" NOT NULL,
        "Description" character varying(4000) COLLATE "C" NOT NULL,
        "CreatedAt" bigint NOT NULL,
        "CreatedBy" character varying(256) COLLATE "C" NOT NULL,
        "Revision" integer NOT NULL,
        "Runs" integer NOT NULL,
        CONSTRAINT "PK_Pipelines" PRIMARY KEY ("Id")
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "Roles" (
        "Id" uuid NOT NULL,
        "Name" character varying(256) COLLATE "C",
        "NormalizedName" character varying(256) COLLATE "C",
        "ConcurrencyStamp" text COLLATE "C",
        CONSTRAINT "PK_Roles" PRIMARY KEY ("Id")
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "SampleThings" (
        "Subject" character varying(200) COLLATE "C" NOT NULL,
        "CreatedAt" bigint NOT NULL,
        CONSTRAINT "PK_SampleThings" PRIMARY KEY ("Subject")
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "SampleWorkspaces" (
        "Id" integer NOT NULL,
        "State" character varying(16) COLLATE "C" NOT NULL,
        "Name" character varying(63) COLLATE "C" NOT NULL,
        "Engineer" character varying(256) COLLATE "C" NOT NULL,
        "Approver" character varying(256) COLLATE "C" NOT NULL,
        "CreatedAt" bigint NOT NULL,
        "Step" character varying(200) COLLATE "C" NOT NULL,
        "StepsDone" integer NOT NULL,
        "Steps" integer NOT NULL,
        "Error" character varying(4000) COLLATE "C",
        "ReadyAt" bigint,
        "RemovedAgent" uuid,
        "TrafficUntil" bigint,
        CONSTRAINT "PK_SampleWorkspaces" PRIMARY KEY ("Id")
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "SavedViews" (
        "Id" uuid NOT NULL,
        "Name" character varying(100) COLLATE "C" NOT NULL,
        "Query" character varying(4000) COLLATE "C" NOT NULL,
        "CreatedAt" bigint NOT NULL,
        "CreatedBy" character varying(256) COLLATE "C" NOT NULL,
        CONSTRAINT "PK_SavedViews" PRIMARY KEY ("Id")
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "SearchEntries" (
        "Id" bigint GENERATED BY DEFAULT AS IDENTITY,
        "ThingId" uuid NOT NULL,
        "Kind" character varying(16) COLLATE "C" NOT NULL,
        "Subject" character varying(300) COLLATE "C" NOT NULL,
        "Title" character varying(300) COLLATE "C" NOT NULL,
        "Text" character varying(16000) COLLATE "C" NOT NULL,
        "At" bigint NOT NULL,
        CONSTRAINT "PK_SearchEntries" PRIMARY KEY ("Id")
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "SharedKeys" (
        "Name" character varying(200) COLLATE "C" NOT NULL,
        "Sealed" bytea NOT NULL,
        "CreatedAt" bigint NOT NULL,
        CONSTRAINT "PK_SharedKeys" PRIMARY KEY ("Name")
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "StepCacheEntries" (
        "CacheKey" character varying(64) COLLATE "C" NOT NULL,
        "RunId" uuid NOT NULL,
        "StepId" uuid NOT NULL,
        "Component" character varying(64) COLLATE "C" NOT NULL,
        "Output" text COLLATE "C" NOT NULL,
        "CreatedAt" bigint NOT NULL,
        CONSTRAINT "PK_StepCacheEntries" PRIMARY KEY ("CacheKey")
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "ConfigRevisions" (
        "Id" uuid NOT NULL,
        "ConfigId" uuid NOT NULL,
        "Revision" integer NOT NULL,
        "Yaml" text COLLATE "C" NOT NULL,
        "Digest" character varying(64) COLLATE "C" NOT NULL,
        "CreatedAt" bigint NOT NULL,
        "CreatedBy" character varying(256) COLLATE "C" NOT NULL,
        CONSTRAINT "PK_ConfigRevisions" PRIMARY KEY ("Id"),
        CONSTRAINT "FK_ConfigRevisions_Configs_ConfigId" FOREIGN KEY ("ConfigId") REFERENCES "Configs" ("Id") ON DELETE RESTRICT
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "DatasetVersions" (
        "Id" uuid NOT NULL,
        "DatasetId" uuid NOT NULL,
        "DatasetName" character varying(63) COLLATE "C" NOT NULL,
        "Version" integer NOT NULL,
        "Digest" character varying(64) COLLATE "C" NOT NULL,
        "ContentKey" character varying(64) COLLATE "C" NOT NULL,
        "ParquetDigest" character varying(64) COLLATE "C" NOT NULL,
        "Format" character varying(16) COLLATE "C" NOT NULL,
        "Bytes" bigint NOT NULL,
        "Rows" bigint NOT NULL,
        "Columns" text COLLATE "C" NOT NULL,
        "Profile" text COLLATE "C" NOT NULL,
        "Source" character varying(255) COLLATE "C" NOT NULL,
        "CreatedAt" bigint NOT NULL,
        "CreatedBy" character varying(256) COLLATE "C" NOT NULL,
        CONSTRAINT "PK_DatasetVersions" PRIMARY KEY ("Id"),
        CONSTRAINT "FK_DatasetVersions_Datasets_DatasetId" FOREIGN KEY ("DatasetId") REFERENCES "Datasets" ("Id") ON DELETE RESTRICT
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "ModelAliases" (
        "ModelId" uuid NOT NULL,
        "Alias" character varying(63) COLLATE "C" NOT NULL,
        "Version" integer NOT NULL,
        CONSTRAINT "PK_ModelAliases" PRIMARY KEY ("ModelId", "Alias"),
        CONSTRAINT "FK_ModelAliases_Models_ModelId" FOREIGN KEY ("ModelId") REFERENCES "Models" ("Id") ON DELETE CASCADE
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "ModelVersions" (
        "Id" uuid NOT NULL,
        "ModelId" uuid NOT NULL,
        "ModelName" character varying(63) COLLATE "C" NOT NULL,
        "Version" integer NOT NULL,
        "Kind" character varying(8) COLLATE "C" NOT NULL,
        "Stage" character varying(16) COLLATE "C" NOT NULL,
        "Digest" character varying(64) COLLATE "C" NOT NULL,
        "Bytes" bigint NOT NULL,
        "Signature" text COLLATE "C" NOT NULL,
        "Metrics" text COLLATE "C" NOT NULL,
        "Evaluation" text COLLATE "C",
        "Reference" text COLLATE "C",
        "RunId" uuid,
        "Provenance" text COLLATE "C" NOT NULL,
        "Description" text COLLATE "C" NOT NULL,
        "Tags" text COLLATE "C" NOT NULL,
        "CreatedAt" bigint NOT NULL,
        "CreatedBy" character varying(256) COLLATE "C" NOT NULL,
        CONSTRAINT "PK_ModelVersions" PRIMARY KEY ("Id"),
        CONSTRAINT "FK_ModelVersions_Models_ModelId" FOREIGN KEY ("ModelId") REFERENCES "Models" ("Id") ON DELETE RESTRICT
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "ApiKeys" (
        "Id" uuid NOT NULL,
        "PersonId" uuid NOT NULL,
        "Name" character varying(100) COLLATE "C" NOT NULL,
        "Prefix" character varying(16) COLLATE "C" NOT NULL,
        "Hash" character varying(64) COLLATE "C" NOT NULL,
        "Roles" character varying(200) COLLATE "C" NOT NULL,
        "CreatedBy" character varying(256) COLLATE "C" NOT NULL,
        "CreatedAt" bigint NOT NULL,
        "ExpiresAt" bigint NOT NULL,
        "RevokedAt" bigint,
        "LastUsedAt" bigint,
        CONSTRAINT "PK_ApiKeys" PRIMARY KEY ("Id"),
        CONSTRAINT "FK_ApiKeys_People_PersonId" FOREIGN KEY ("PersonId") REFERENCES "People" ("Id") ON DELETE RESTRICT
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "PersonClaims" (
        "Id" integer GENERATED BY DEFAULT AS IDENTITY,
        "UserId" uuid NOT NULL,
        "ClaimType" text COLLATE "C",
        "ClaimValue" text COLLATE "C",
        CONSTRAINT "PK_PersonClaims" PRIMARY KEY ("Id"),
        CONSTRAINT "FK_PersonClaims_People_UserId" FOREIGN KEY ("UserId") REFERENCES "People" ("Id") ON DELETE CASCADE
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "PersonLogins" (
        "LoginProvider" character varying(128) COLLATE "C" NOT NULL,
        "ProviderKey" character varying(256) COLLATE "C" NOT NULL,
        "ProviderDisplayName" text COLLATE "C",
        "UserId" uuid NOT NULL,
        CONSTRAINT "PK_PersonLogins" PRIMARY KEY ("LoginProvider", "ProviderKey"),
        CONSTRAINT "FK_PersonLogins_People_UserId" FOREIGN KEY ("UserId") REFERENCES "People" ("Id") ON DELETE CASCADE
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "PersonTokens" (
        "UserId" uuid NOT NULL,
        "LoginProvider" character varying(128) COLLATE "C" NOT NULL,
        "Name" character varying(128) COLLATE "C" NOT NULL,
        "Value" text COLLATE "C",
        CONSTRAINT "PK_PersonTokens" PRIMARY KEY ("UserId", "LoginProvider", "Name"),
        CONSTRAINT "FK_PersonTokens_People_UserId" FOREIGN KEY ("UserId") REFERENCES "People" ("Id") ON DELETE CASCADE
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "SetupLinks" (
        "Id" uuid NOT NULL,
        "PersonId" uuid,
        "TokenHash" character varying(64) COLLATE "C" NOT NULL,
        "CreatedAt" bigint NOT NULL,
        "ExpiresAt" bigint NOT NULL,
        CONSTRAINT "PK_SetupLinks" PRIMARY KEY ("Id"),
        CONSTRAINT "FK_SetupLinks_People_PersonId" FOREIGN KEY ("PersonId") REFERENCES "People" ("Id") ON DELETE CASCADE
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "PipelineRevisions" (
        "Id" uuid NOT NULL,
        "PipelineId" uuid NOT NULL,
        "Revision" integer NOT NULL,
        "Yaml" text COLLATE "C" NOT NULL,
        "Digest" character varying(64) COLLATE "C" NOT NULL,
        "CreatedAt" bigint NOT NULL,
        "CreatedBy" character varying(256) COLLATE "C" NOT NULL,
        CONSTRAINT "PK_PipelineRevisions" PRIMARY KEY ("Id"),
        CONSTRAINT "FK_PipelineRevisions_Pipelines_PipelineId" FOREIGN KEY ("PipelineId") REFERENCES "Pipelines" ("Id") ON DELETE RESTRICT
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "Runs" (
        "Id" uuid NOT NULL,
        "PipelineId" uuid NOT NULL,
        "PipelineName" character varying(63) COLLATE "C" NOT NULL,
        "Revision" integer NOT NULL,
        "Number" integer NOT NULL,
        "Status" character varying(16) COLLATE "C" NOT NULL,
        "Trigger" character varying(100) COLLATE "C" NOT NULL,
        "CreatedAt" bigint NOT NULL,
        "CreatedBy" character varying(256) COLLATE "C" NOT NULL,
        "StartedAt" bigint,
        "EndedAt" bigint,
        "DurationUs" bigint GENERATED ALWAYS AS ("EndedAt" - "StartedAt") STORED,
        "Overrides" text COLLATE "C" NOT NULL,
        "Composed" text COLLATE "C" NOT NULL,
        "ComposedDigest" character varying(64) COLLATE "C" NOT NULL,
        "Origins" text COLLATE "C" NOT NULL,
        "SweepId" uuid,
        "Environment" text COLLATE "C" NOT NULL,
        "Error" character varying(4000) COLLATE "C",
        "CancelRequestedAt" bigint,
        "LeaseOwner" character varying(100) COLLATE "C",
        "LeaseUntil" bigint,
        "Recoveries" integer NOT NULL,
        "ModelName" character varying(63) COLLATE "C",
        "ModelVersion" integer,
        "Note" text COLLATE "C" NOT NULL,
        CONSTRAINT "PK_Runs" PRIMARY KEY ("Id"),
        CONSTRAINT "FK_Runs_Pipelines_PipelineId" FOREIGN KEY ("PipelineId") REFERENCES "Pipelines" ("Id") ON DELETE RESTRICT
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "Sweeps" (
        "Id" uuid NOT NULL,
        "PipelineId" uuid NOT NULL,
        "PipelineName" character varying(63) COLLATE "C" NOT NULL,
        "Revision" integer NOT NULL,
        "Number" integer NOT NULL,
        "State" character varying(16) COLLATE "C" NOT NULL,
        "Overrides" text COLLATE "C" NOT NULL,
        "Space" text COLLATE "C" NOT NULL,
        "Dataset" character varying(100) COLLATE "C",
        "Strategy" character varying(16) COLLATE "C" NOT NULL,
        "Seed" integer NOT NULL,
        "Metric" character varying(250) COLLATE "C" NOT NULL,
        "Maximize" boolean NOT NULL,
        "MaxTrials" integer NOT NULL,
        "Parallel" integer NOT NULL,
        "Stopping" text COLLATE "C",
        "CreatedAt" bigint NOT NULL,
        "CreatedBy" character varying(256) COLLATE "C" NOT NULL,
        "EndedAt" bigint,
        "Error" character varying(4000) COLLATE "C",
        "Version" integer NOT NULL,
        CONSTRAINT "PK_Sweeps" PRIMARY KEY ("Id"),
        CONSTRAINT "FK_Sweeps_Pipelines_PipelineId" FOREIGN KEY ("PipelineId") REFERENCES "Pipelines" ("Id") ON DELETE RESTRICT
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "PersonRoles" (
        "UserId" uuid NOT NULL,
        "RoleId" uuid NOT NULL,
        CONSTRAINT "PK_PersonRoles" PRIMARY KEY ("UserId", "RoleId"),
        CONSTRAINT "FK_PersonRoles_People_UserId" FOREIGN KEY ("UserId") REFERENCES "People" ("Id") ON DELETE CASCADE,
        CONSTRAINT "FK_PersonRoles_Roles_RoleId" FOREIGN KEY ("RoleId") REFERENCES "Roles" ("Id") ON DELETE CASCADE
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "RoleClaims" (
        "Id" integer GENERATED BY DEFAULT AS IDENTITY,
        "RoleId" uuid NOT NULL,
        "ClaimType" text COLLATE "C",
        "ClaimValue" text COLLATE "C",
        CONSTRAINT "PK_RoleClaims" PRIMARY KEY ("Id"),
        CONSTRAINT "FK_RoleClaims_Roles_RoleId" FOREIGN KEY ("RoleId") REFERENCES "Roles" ("Id") ON DELETE CASCADE
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "RunArtifacts" (
        "RunId" uuid NOT NULL,
        "Path" character varying(500) COLLATE "C" NOT NULL,
        "Digest" character varying(64) COLLATE "C" NOT NULL,
        "Bytes" bigint NOT NULL,
        "CreatedAt" bigint NOT NULL,
        CONSTRAINT "PK_RunArtifacts" PRIMARY KEY ("RunId", "Path"),
        CONSTRAINT "FK_RunArtifacts_Runs_RunId" FOREIGN KEY ("RunId") REFERENCES "Runs" ("Id") ON DELETE CASCADE
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "RunLatestMetrics" (
        "RunId" uuid NOT NULL,
        "Key" character varying(250) COLLATE "C" NOT NULL,
        "Value" double precision NOT NULL,
        "Lower" double precision,
        "Upper" double precision,
        "Step" bigint NOT NULL,
        "At" bigint NOT NULL,
        "Final" boolean NOT NULL,
        CONSTRAINT "PK_RunLatestMetrics" PRIMARY KEY ("RunId", "Key"),
        CONSTRAINT "FK_RunLatestMetrics_Runs_RunId" FOREIGN KEY ("RunId") REFERENCES "Runs" ("Id") ON DELETE CASCADE
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "RunMetrics" (
        "Id" bigint GENERATED BY DEFAULT AS IDENTITY,
        "RunId" uuid NOT NULL,
        "Key" character varying(250) COLLATE "C" NOT NULL,
        "Value" double precision NOT NULL,
        "Step" bigint NOT NULL,
        "At" bigint NOT NULL,
        CONSTRAINT "PK_RunMetrics" PRIMARY KEY ("Id"),
        CONSTRAINT "FK_RunMetrics_Runs_RunId" FOREIGN KEY ("RunId") REFERENCES "Runs" ("Id") ON DELETE CASCADE
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "RunParams" (
        "RunId" uuid NOT NULL,
        "Key" character varying(250) COLLATE "C" NOT NULL,
        "Value" character varying(6000) COLLATE "C" NOT NULL,
        "Text" character varying(100) COLLATE "C" NOT NULL,
        "Number" double precision,
        CONSTRAINT "PK_RunParams" PRIMARY KEY ("RunId", "Key"),
        CONSTRAINT "FK_RunParams_Runs_RunId" FOREIGN KEY ("RunId") REFERENCES "Runs" ("Id") ON DELETE CASCADE
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "RunSteps" (
        "Id" uuid NOT NULL,
        "RunId" uuid NOT NULL,
        "Ordinal" integer NOT NULL,
        "Name" character varying(64) COLLATE "C" NOT NULL,
        "Component" character varying(64) COLLATE "C" NOT NULL,
        "Status" character varying(16) COLLATE "C" NOT NULL,
        "Cached" boolean NOT NULL,
        "CachedFromRunId" uuid,
        "CacheKey" character varying(64) COLLATE "C",
        "CacheKeyParts" text COLLATE "C",
        "CacheMiss" character varying(1000) COLLATE "C",
        "Attempt" integer NOT NULL,
        "StartedAt" bigint,
        "EndedAt" bigint,
        "Error" character varying(4000) COLLATE "C",
        "Progress" double precision,
        "ProgressText" character varying(200) COLLATE "C",
        "Output" text COLLATE "C",
        CONSTRAINT "PK_RunSteps" PRIMARY KEY ("Id"),
        CONSTRAINT "FK_RunSteps_Runs_RunId" FOREIGN KEY ("RunId") REFERENCES "Runs" ("Id") ON DELETE CASCADE
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "RunTags" (
        "RunId" uuid NOT NULL,
        "Key" character varying(250) COLLATE "C" NOT NULL,
        "Value" character varying(8000) COLLATE "C" NOT NULL,
        CONSTRAINT "PK_RunTags" PRIMARY KEY ("RunId", "Key"),
        CONSTRAINT "FK_RunTags_Runs_RunId" FOREIGN KEY ("RunId") REFERENCES "Runs" ("Id") ON DELETE CASCADE
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "SweepTrials" (
        "SweepId" uuid NOT NULL,
        "Index" integer NOT NULL,
        "Overrides" text COLLATE "C" NOT NULL,
        "RunId" uuid NOT NULL,
        "Stopped" character varying(400) COLLATE "C",
        "Error" character varying(4000) COLLATE "C",
        CONSTRAINT "PK_SweepTrials" PRIMARY KEY ("SweepId", "Index"),
        CONSTRAINT "FK_SweepTrials_Sweeps_SweepId" FOREIGN KEY ("SweepId") REFERENCES "Sweeps" ("Id") ON DELETE CASCADE
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE TABLE "StepLogChunks" (
        "Id" bigint GENERATED BY DEFAULT AS IDENTITY,
        "StepId" uuid NOT NULL,
        "Attempt" integer NOT NULL,
        "At" bigint NOT NULL,
        "Text" text COLLATE "C" NOT NULL,
        CONSTRAINT "PK_StepLogChunks" PRIMARY KEY ("Id"),
        CONSTRAINT "FK_StepLogChunks_RunSteps_StepId" FOREIGN KEY ("StepId") REFERENCES "RunSteps" ("Id") ON DELETE CASCADE
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    INSERT INTO "Roles" ("Id", "ConcurrencyStamp", "Name", "NormalizedName")
    VALUES ('00000000-0000-0000-0000-000000000001', NULL, 'Viewer', 'VIEWER');
    INSERT INTO "Roles" ("Id", "ConcurrencyStamp", "Name", "NormalizedName")
    VALUES ('00000000-0000-0000-0000-000000000002', NULL, 'Labeler', 'LABELER');
    INSERT INTO "Roles" ("Id", "ConcurrencyStamp", "Name", "NormalizedName")
    VALUES ('00000000-0000-0000-0000-000000000003', NULL, 'Engineer', 'ENGINEER');
    INSERT INTO "Roles" ("Id", "ConcurrencyStamp", "Name", "NormalizedName")
    VALUES ('00000000-0000-0000-0000-000000000004', NULL, 'Approver', 'APPROVER');
    INSERT INTO "Roles" ("Id", "ConcurrencyStamp", "Name", "NormalizedName")
    VALUES ('00000000-0000-0000-0000-000000000005', NULL, 'Auditor', 'AUDITOR');
    INSERT INTO "Roles" ("Id", "ConcurrencyStamp", "Name", "NormalizedName")
    VALUES ('00000000-0000-0000-0000-000000000006', NULL, 'Admin', 'ADMIN');
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE INDEX "IX_Agents_ModelName" ON "Agents" ("ModelName");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE UNIQUE INDEX "IX_Agents_Name" ON "Agents" ("Name");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE UNIQUE INDEX "IX_ApiKeys_Hash" ON "ApiKeys" ("Hash");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE INDEX "IX_ApiKeys_PersonId_CreatedAt_Id" ON "ApiKeys" ("PersonId", "CreatedAt", "Id");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE INDEX "IX_Approvals_CreatedAt_Id" ON "Approvals" ("CreatedAt", "Id");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE INDEX "IX_Approvals_State_CreatedAt_Id" ON "Approvals" ("State", "CreatedAt", "Id");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE INDEX "IX_Approvals_Subject_State" ON "Approvals" ("Subject", "State");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE UNIQUE INDEX "IX_ConfigRevisions_ConfigId_Revision" ON "ConfigRevisions" ("ConfigId", "Revision");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE INDEX "IX_ConfigUses_Path" ON "ConfigUses" ("Path");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE INDEX "IX_Configs_Group_Name" ON "Configs" ("Group", "Name");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE UNIQUE INDEX "IX_Configs_Path" ON "Configs" ("Path");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE UNIQUE INDEX "IX_DatasetVersions_DatasetId_ContentKey" ON "DatasetVersions" ("DatasetId", "ContentKey");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE UNIQUE INDEX "IX_DatasetVersions_DatasetId_Version" ON "DatasetVersions" ("DatasetId", "Version");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE UNIQUE INDEX "IX_Datasets_Name" ON "Datasets" ("Name");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE INDEX "IX_DecisionArchives_AgentId_LastAt" ON "DecisionArchives" ("AgentId", "LastAt");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE INDEX "IX_DecisionArchives_LastId_FirstId" ON "DecisionArchives" ("LastId", "FirstId");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE INDEX "IX_Decisions_AgentId_At" ON "Decisions" ("AgentId", "At") WHERE "TrueLabel" IS NOT NULL;
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE INDEX "IX_Decisions_AgentId_At_Id" ON "Decisions" ("AgentId", "At", "Id");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE INDEX "IX_Decisions_AgentId_Unit_At_Id" ON "Decisions" ("AgentId", "Unit", "At", "Id") WHERE "Unit" IS NOT NULL;
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE INDEX "IX_FeedbackItems_AgentId_JoinedAt_Id" ON "FeedbackItems" ("AgentId", "JoinedAt", "Id");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE INDEX "IX_FeedbackItems_DecisionId_At" ON "FeedbackItems" ("DecisionId", "At");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE UNIQUE INDEX "IX_FeedbackItems_Identity" ON "FeedbackItems" ("Identity");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE INDEX "IX_FeedbackItems_JoinedAt_ReceivedAt" ON "FeedbackItems" ("JoinedAt", "ReceivedAt");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE INDEX "IX_IdempotentRequests_CreatedAt" ON "IdempotentRequests" ("CreatedAt");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE INDEX "IX_LedgerCheckpoints_CreatedAt_Id" ON "LedgerCheckpoints" ("CreatedAt", "Id");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE UNIQUE INDEX "IX_LedgerCheckpoints_Size" ON "LedgerCheckpoints" ("Size");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE INDEX "IX_LedgerEntries_Actor_Sequence" ON "LedgerEntries" ("Actor", "Sequence");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE INDEX "IX_LedgerEntries_At_Sequence" ON "LedgerEntries" ("At", "Sequence");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE UNIQUE INDEX "IX_LedgerEntries_PreviousHash" ON "LedgerEntries" ("PreviousHash");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE INDEX "IX_LedgerEntries_Subject_Sequence" ON "LedgerEntries" ("Subject", "Sequence");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE UNIQUE INDEX "IX_LineageEdges_From_Relation_To" ON "LineageEdges" ("From", "Relation", "To");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE INDEX "IX_LineageEdges_To_Relation_From" ON "LineageEdges" ("To", "Relation", "From");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE UNIQUE INDEX "IX_ModelCardRevisions_ModelName_Version_Revision" ON "ModelCardRevisions" ("ModelName", "Version", "Revision");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE INDEX "IX_ModelExplanations_ModelName_Version_CreatedAt" ON "ModelExplanations" ("ModelName", "Version", "CreatedAt");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE INDEX "IX_ModelExplanations_State_CreatedAt" ON "ModelExplanations" ("State", "CreatedAt");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE INDEX "IX_ModelVersions_CreatedAt_Id" ON "ModelVersions" ("CreatedAt", "Id");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE UNIQUE INDEX "IX_ModelVersions_ModelId_Version" ON "ModelVersions" ("ModelId", "Version");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE UNIQUE INDEX "IX_ModelVersions_RunId" ON "ModelVersions" ("RunId");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE UNIQUE INDEX "IX_Models_Name" ON "Models" ("Name");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE INDEX "IX_Nodes_SeenAt" ON "Nodes" ("SeenAt");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE INDEX "IX_Nodes_StartedAt_Id" ON "Nodes" ("StartedAt", "Id");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE INDEX "EmailIndex" ON "People" ("NormalizedEmail");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE INDEX "IX_People_CreatedAt_Id" ON "People" ("CreatedAt", "Id");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE UNIQUE INDEX "UserNameIndex" ON "People" ("NormalizedUserName");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE INDEX "IX_PersonClaims_UserId" ON "PersonClaims" ("UserId");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE INDEX "IX_PersonLogins_UserId" ON "PersonLogins" ("UserId");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE INDEX "IX_PersonRoles_RoleId" ON "PersonRoles" ("RoleId");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE UNIQUE INDEX "IX_PipelineRevisions_PipelineId_Revision" ON "PipelineRevisions" ("PipelineId", "Revision");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE UNIQUE INDEX "IX_Pipelines_Name" ON "Pipelines" ("Name");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE INDEX "IX_RoleClaims_RoleId" ON "RoleClaims" ("RoleId");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE UNIQUE INDEX "RoleNameIndex" ON "Roles" ("NormalizedName");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE INDEX "IX_RunLatestMetrics_Key_Value_RunId" ON "RunLatestMetrics" ("Key", "Value", "RunId");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE INDEX "IX_RunMetrics_RunId_Key_Id" ON "RunMetrics" ("RunId", "Key", "Id");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE INDEX "IX_RunParams_Key_Number_Text_RunId" ON "RunParams" ("Key", "Number", "Text", "RunId");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE INDEX "IX_RunSteps_CacheKey" ON "RunSteps" ("CacheKey");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE UNIQUE INDEX "IX_RunSteps_RunId_Name" ON "RunSteps" ("RunId", "Name");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE UNIQUE INDEX "IX_RunSteps_RunId_Ordinal" ON "RunSteps" ("RunId", "Ordinal");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE INDEX "IX_RunTags_Key_RunId" ON "RunTags" ("Key", "RunId");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE INDEX "IX_Runs_CreatedAt_Id" ON "Runs" ("CreatedAt", "Id");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE INDEX "IX_Runs_DurationUs_Id" ON "Runs" ("DurationUs", "Id");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE INDEX "IX_Runs_PipelineId_CreatedAt_Id" ON "Runs" ("PipelineId", "CreatedAt", "Id");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE UNIQUE INDEX "IX_Runs_PipelineId_Number" ON "Runs" ("PipelineId", "Number");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE INDEX "IX_Runs_Status_CreatedAt_Id" ON "Runs" ("Status", "CreatedAt", "Id");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE INDEX "IX_Runs_SweepId" ON "Runs" ("SweepId");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE UNIQUE INDEX "IX_SavedViews_Name" ON "SavedViews" ("Name");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE UNIQUE INDEX "IX_SearchEntries_ThingId" ON "SearchEntries" ("ThingId");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE INDEX "IX_SetupLinks_PersonId" ON "SetupLinks" ("PersonId");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE UNIQUE INDEX "IX_SetupLinks_TokenHash" ON "SetupLinks" ("TokenHash");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE INDEX "IX_StepLogChunks_StepId_Id" ON "StepLogChunks" ("StepId", "Id");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE UNIQUE INDEX "IX_SweepTrials_RunId" ON "SweepTrials" ("RunId");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE INDEX "IX_Sweeps_CreatedAt_Id" ON "Sweeps" ("CreatedAt", "Id");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE UNIQUE INDEX "IX_Sweeps_PipelineId_Number" ON "Sweeps" ("PipelineId", "Number");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    CREATE INDEX "IX_Sweeps_State_CreatedAt_Id" ON "Sweeps" ("State", "CreatedAt", "Id");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000000_Initial') THEN
    INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
    VALUES ('20261123000000_Initial', '10.0.14');
    END IF;
END $EF$;
COMMIT;

START TRANSACTION;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000001_LedgerTriggers') THEN
    CREATE FUNCTION nexus_ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $refuse$
    BEGIN RAISE EXCEPTION 'The ledger is append-only.'; END $refuse$;
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000001_LedgerTriggers') THEN
    CREATE TRIGGER "LedgerEntries_no_change" BEFORE UPDATE OR DELETE ON "LedgerEntries"
    FOR EACH ROW EXECUTE FUNCTION nexus_ledger_refuse();
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000001_LedgerTriggers') THEN
    CREATE TRIGGER "LedgerEntries_no_truncate" BEFORE TRUNCATE ON "LedgerEntries"
    FOR EACH STATEMENT EXECUTE FUNCTION nexus_ledger_refuse();
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000001_LedgerTriggers') THEN
    INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
    VALUES ('20261123000001_LedgerTriggers', '10.0.14');
    END IF;
END $EF$;
COMMIT;

START TRANSACTION;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000002_SearchIndex') THEN
    CREATE FUNCTION nexus_words(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $words$
        SELECT regexp_replace(regexp_replace(normalize(said, NFKD), U&'[\0300-\036F]', '', 'g'), '[\x01-\x2F\x3A-\x40\x5B-\x60\x7B-\x7F]+', ' ', 'g')
    $words$;
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000002_SearchIndex') THEN
    ALTER TABLE "SearchEntries" ADD COLUMN "Words" tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('pg_catalog.simple', nexus_words("Title")), 'A') || setweight(to_tsvector('pg_catalog.simple', nexus_words("Text")), 'D')) STORED;
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000002_SearchIndex') THEN
    CREATE INDEX "IX_SearchEntries_Words" ON "SearchEntries" USING gin ("Words");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000002_SearchIndex') THEN
    CREATE FUNCTION nexus_search_forget() RETURNS trigger LANGUAGE plpgsql AS $forget$
    BEGIN DELETE FROM "SearchEntries" WHERE "ThingId" = OLD."Id"; RETURN NULL; END $forget$;
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000002_SearchIndex') THEN
    CREATE TRIGGER "Datasets_search_delete" AFTER DELETE ON "Datasets"
    FOR EACH ROW EXECUTE FUNCTION nexus_search_forget();
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000002_SearchIndex') THEN
    CREATE TRIGGER "Pipelines_search_delete" AFTER DELETE ON "Pipelines"
    FOR EACH ROW EXECUTE FUNCTION nexus_search_forget();
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000002_SearchIndex') THEN
    CREATE TRIGGER "Configs_search_delete" AFTER DELETE ON "Configs"
    FOR EACH ROW EXECUTE FUNCTION nexus_search_forget();
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000002_SearchIndex') THEN
    CREATE TRIGGER "Runs_search_delete" AFTER DELETE ON "Runs"
    FOR EACH ROW EXECUTE FUNCTION nexus_search_forget();
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000002_SearchIndex') THEN
    CREATE TRIGGER "Sweeps_search_delete" AFTER DELETE ON "Sweeps"
    FOR EACH ROW EXECUTE FUNCTION nexus_search_forget();
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000002_SearchIndex') THEN
    CREATE TRIGGER "Models_search_delete" AFTER DELETE ON "Models"
    FOR EACH ROW EXECUTE FUNCTION nexus_search_forget();
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000002_SearchIndex') THEN
    CREATE TRIGGER "ModelVersions_search_delete" AFTER DELETE ON "ModelVersions"
    FOR EACH ROW EXECUTE FUNCTION nexus_search_forget();
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000002_SearchIndex') THEN
    CREATE TRIGGER "Agents_search_delete" AFTER DELETE ON "Agents"
    FOR EACH ROW EXECUTE FUNCTION nexus_search_forget();
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261123000002_SearchIndex') THEN
    INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
    VALUES ('20261123000002_SearchIndex', '10.0.14');
    END IF;
END $EF$;
COMMIT;

