using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Nexus.Data;
using Nexus.Data.Agents;
using Nexus.Data.Identity;
using Nexus.Data.Registry;
using Nexus.Data.Storage;
using Nexus.Inference.Agents;

namespace Nexus.Inference.Tests.Agents;

/// <summary>What serves, over a real database and journal, without the web.</summary>
internal sealed class ServingHost : IAsyncDisposable
{
    private static readonly Actor Engineer = new("ada", new HashSet<Role> { Role.Engineer });
    private readonly TestDatabase _database;
    private readonly List<IHostedService> _started = [];

    private ServingHost(TestDatabase database) => _database = database;

    public DecisionService Decisions => _database.Get<DecisionService>();

    public TestDatabase Database => _database;

    public static async Task<ServingHost> StartAsync(Action<IServiceCollection>? configure = null)
    {
        var host = new ServingHost(await TestDatabase.StartAsync(configure: services =>
        {
            services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
            services.AddNexusInference();
            configure?.Invoke(services);
        }));
        foreach (var service in host._database.Services.GetServices<IHostedService>())
        {
            await service.StartAsync(CancellationToken.None);
            host._started.Add(service);
        }

        return host;
    }

    /// <summary>A model with that version in Production, and an agent of the same name.</summary>
    public async Task ServeAsync(string name, (byte[] Onnx, ModelSignature Signature) artifact, bool trainedHere = true)
    {
        await PromoteAsync(name, artifact, trainedHere);
        await _database.Get<AgentService>().PutAsync(name, name, null, Engineer, CancellationToken.None);
    }

    /// <summary>A further version in Production; in force when this returns.</summary>
    public async Task<int> PromoteAsync(string name, (byte[] Onnx, ModelSignature Signature) artifact, bool trainedHere = true)
    {
        var blob = await _database.Get<BlobStore>().PutAsync(artifact.Onnx, CancellationToken.None);
        var now = TimeProvider.System.GetUtcNow();
        await using var db = _database.Open();
        var model = db.Models.FirstOrDefault(m => m.Name == name);
        if (model is null) db.Models.Add(model = new() { Id = Ids.New(TimeProvider.System), Name = name, CreatedAt = now, CreatedBy = "ada" });
        var version = new ModelVersion
        {
            Id = Ids.New(TimeProvider.System),
            ModelId = model.Id,
            ModelName = name,
            Version = ++model.LatestVersion,
            Kind = "onnx",
            Digest = blob.Digest,
            Bytes = blob.Bytes,
            Signature = CanonicalJson.Write(artifact.Signature),
            Metrics = "{}",
            Provenance = "{}",
            RunId = trainedHere ? Guid.NewGuid() : null,
            CreatedAt = now,
            CreatedBy = "ada",
        };
        db.ModelVersions.Add(version);
        await db.SaveChangesAsync();
        await StageChange.ApplyAsync(db, model, version, Stage.Production, "better", null, Engineer, TimeProvider.System, CancellationToken.None);
        await db.SaveChangesAsync();
        await _database.Get<IServedModels>().RefreshAsync(CancellationToken.None);
        return model.LatestVersion;
    }

    public async Task<JsonNode> DecideAsync(string agent, string body)
    {
        using var call = await Decisions.DecideAsync(agent, Encoding.UTF8.GetBytes(body), TimeProvider.System.GetTimestamp());
        return JsonNode.Parse(call.Answer.WrittenSpan)!;
    }

    public async Task<DecisionView> ReadAsync(Guid id)
    {
        await _database.Get<JournalDrain>().DrainAsync(CancellationToken.None);
        return await _database.Get<DecisionReader>().GetAsync(id, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in Enumerable.Reverse(_started)) await service.StopAsync(CancellationToken.None);
        await _database.DisposeAsync();
    }
}
