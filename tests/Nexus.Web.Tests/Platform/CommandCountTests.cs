using Nexus.Data;
using Nexus.Data.Agents;
using Nexus.Data.Datasets;
using Nexus.Data.Governance;
using Nexus.Data.Pipelines;
using Nexus.Data.Registry;
using Nexus.Inference.Monitoring;
using Nexus.Web.Tests.Pipelines;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Platform;

public sealed class CommandCountTests
{
    private const int Rows = 60;
    private static readonly DateTimeOffset At = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Lists_of_fifty_rows_take_as_many_queries_as_lists_of_five()
    {
        await using var portal = await CommandCounter.PortalAsync();
        await using (var db = portal.Open())
        {
            Fill(db);
            await db.SaveChangesAsync();
        }

        var lists = new (string Name, Func<int, Task> Read)[]
        {
            ("runs", size => portal.Get<RunService>().ListAsync(new(), new(size), CancellationToken.None)),
            ("runs by filter and order", size => portal.Get<RunListService>().ListAsync(
                new(Text: "metrics.auc > 0 and params.leaves >= 0", Sort: "-metrics.auc"), RunColumns.Of(["params.leaves", "metrics.auc", "tags.team"]), new(size), CancellationToken.None)),
            ("failed runs", size => portal.Get<EarlierRuns>().FailedAsync(size, CancellationToken.None)),
            ("models", size => portal.Get<ModelCatalog>().ListAsync(new(size), CancellationToken.None)),
            ("datasets", size => portal.Get<DatasetCatalog>().ListAsync(new(size), CancellationToken.None)),
            ("agents", size => portal.Get<AgentService>().ListAsync(new(size), CancellationToken.None)),
            ("agents at a glance", async size => await portal.Get<FleetReader>().ReadAsync((await portal.Get<AgentService>().ListAsync(new(size), CancellationToken.None)).Items, CancellationToken.None)),
            ("approvals", size => portal.Get<ApprovalInbox>().ListAsync(null, new(size), CancellationToken.None)),
        };
        foreach (var (name, read) in lists)
        {
            await read(1); // what is kept for a while is read before it is counted
            var five = await CommandCounter.CountAsync(() => read(5));
            five.ShouldBeInRange(1, 8, name);
            (await CommandCounter.CountAsync(() => read(50))).ShouldBe(five, name);
        }
    }

    private static void Fill(NexusDb db)
    {
        for (var i = 0; i < Rows; i++)
        {
            var (name, at) = ($"thing-{i:00}", At.AddMinutes(i));
            AddRun(db, name, at, i);
            AddModel(db, name, at);
            var dataset = new Dataset { Id = Guid.CreateVersion7(at), Name = name, CreatedAt = at, CreatedBy = "ada", LatestVersion = 1 };
            db.Datasets.Add(dataset);
            db.DatasetVersions.Add(new()
            {
                Id = Guid.CreateVersion7(at),
                DatasetId = dataset.Id,
                DatasetName = name,
                Version = 1,
                Digest = $"{i:x64}",
                ContentKey = $"{i:x64}",
                ParquetDigest = $"{i:x64}",
                Format = "csv",
                Bytes = 10,
                Rows = 1,
                Columns = "[]",
                Profile = "[]",
                Source = "upload",
                CreatedAt = at,
                CreatedBy = "ada",
            });
            db.Agents.Add(new() { Id = Guid.CreateVersion7(at), Name = name, ModelName = name, CreatedAt = at, CreatedBy = "ada", ChangedAt = at });
        }
    }

    private static void AddRun(NexusDb db, string pipelineName, DateTimeOffset at, int number)
    {
        var run = StagedRun.Add(db, pipelineName, at, RunStatus.Failed);
        db.RunSteps.Add(new() { Id = Guid.CreateVersion7(at), RunId = run.Id, Ordinal = 0, Name = "train", Component = "train" });
        db.RunParams.Add(new() { RunId = run.Id, Key = "leaves", Value = $"{number}", Number = number });
        db.RunLatestMetrics.Add(new() { RunId = run.Id, Key = "auc", Value = .5 + (number / 1000.0), Step = 0, At = at, Final = true });
        db.RunTags.Add(new() { RunId = run.Id, Key = "team", Value = "risk" });
    }

    private static void AddModel(NexusDb db, string name, DateTimeOffset at)
    {
        var model = new Model { Id = Guid.CreateVersion7(at), Name = name, CreatedAt = at, CreatedBy = "ada", LatestVersion = 1, ProductionVersion = 1 };
        db.Models.Add(model);
        db.ModelVersions.Add(new()
        {
            Id = Guid.CreateVersion7(at),
            ModelId = model.Id,
            ModelName = name,
            Version = 1,
            Kind = "onnx",
            Stage = Stage.Production,
            Digest = "",
            Bytes = 1,
            Signature = CanonicalJson.Write(new ModelSignature([], [])),
            Metrics = "{}",
            Provenance = "{}",
            CreatedAt = at,
            CreatedBy = "ada",
        });
        db.ModelAliases.Add(new() { ModelId = model.Id, Alias = "best", Version = 1 });
        db.Approvals.Add(new()
        {
            Id = Guid.CreateVersion7(at),
            Kind = "transition",
            Subject = $"model/{name}@1",
            Change = CanonicalJson.Write(new StageTransition(name, 1, Stage.Production)),
            CreatedAt = at,
            ExpiresAt = at.AddYears(100),
            RequestedBy = "ada",
            Reason = "",
            Evidence = CanonicalJson.Write(new ApprovalEvidence(name, 1, Stage.None, Stage.Production, null!, null, null, [], [], at)),
            EvidenceDigest = "",
        });
    }
}
