using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nexus.Data;
using Nexus.Data.Datasets;
using Nexus.Data.Identity;
using Nexus.Data.Registry;
using Nexus.Data.Storage;
using Nexus.Inference.Monitoring;
using Nexus.Jobs.Pipelines;
using Nexus.Jobs.Training;

namespace Nexus.Jobs.Tests.Training;

/// <summary>Runs transform, train and evaluate one after the other, as a pipeline would, in a folder of its own.</summary>
public sealed class TrainingBench : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly string _directory;

    private TrainingBench(ServiceProvider services, string directory) => (_services, _directory) = (services, directory);

    public List<string> Log { get; } = [];

    public List<(string Key, double Value, long Step)> Metrics { get; } = [];

    public IReadOnlyDictionary<string, MetricEstimate> Results { get; private set; } = new Dictionary<string, MetricEstimate>();

    public Action OnMetric { get; set; } = () => { };

    public BlobStore Blobs => _services.GetRequiredService<BlobStore>();

    public TableEngine Tables => _services.GetRequiredService<TableEngine>();

    public NexusDb Open() => _services.GetRequiredService<IDbContextFactory<NexusDb>>().CreateDbContext();

    public static async Task<TrainingBench> StartAsync()
    {
        var directory = Directory.CreateTempSubdirectory("nexus-training-").FullName;
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Nexus:DataDirectory"] = directory, ["Nexus:Training:Threads"] = "1" })
            .Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton(TimeProvider.System);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        services.AddNexusData(configuration);
        services.AddMonitoringInference();
        services.AddTrainingJobs();
        var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<DatabaseStart>().RunAsync(CancellationToken.None);
        return new(provider, directory);
    }

    public static string DataPath(string name) => Path.Combine(Root(), "tests", "data", name);

    public static string ExamplePath(string name) => Path.Combine(Root(), "docs", "examples", name);

    /// <summary>What ingest would answer for the rows of a query.</summary>
    public async Task<StepOutput> TableAsync(string query, params (string Name, string Type)[] columns)
    {
        var path = Blobs.NewPath();
        long rows;
        using (var connection = Tables.Open())
        using (var command = connection.CreateCommand())
        {
            command.CommandText = $"COPY ({query}) TO {TableEngine.Literal(path)} (FORMAT parquet)";
            rows = command.ExecuteNonQuery();
        }

        return new(StepKinds.Table, new Dictionary<string, string> { ["rows"] = (await Blobs.AdoptAsync(path, CancellationToken.None)).Digest }, new()
        {
            ["dataset"] = "bench@1",
            ["rows"] = rows,
            ["columns"] = JsonSerializer.SerializeToNode(columns.Select(c => new DatasetColumn(c.Name, c.Type)), CanonicalJson.Options),
        });
    }

    public Task<StepOutput> Elec2Async() => TableAsync(
        $"SELECT * FROM read_csv({TableEngine.Literal(DataPath("elec2/elec2.csv"))})",
        [
            ("timestamp", "timestamp"), ("day", "integer"), ("period", "number"), ("nswprice", "number"), ("nswdemand", "number"),
            ("vicprice", "number"), ("vicdemand", "number"), ("transfer", "number"), ("class", "text"),
        ]);

    public Task<StepOutput> RunAsync(string component, string with, params (string Name, StepOutput Output)[] inputs) =>
        RunAsync(component, with, CancellationToken.None, inputs);

    public async Task<StepOutput> RunAsync(string component, string with, CancellationToken ct, params (string Name, StepOutput Output)[] inputs)
    {
        var one = _services.GetServices<IComponent>().Single(c => c.Name == component);
        var given = JsonNode.Parse(with)!.AsObject();
        var step = Step(component, given, [], inputs);
        return await one.RunAsync(Step(component, given, await one.ResolveAsync(step, ct), inputs), ct);
    }

    public IComponent Component(string name) => _services.GetServices<IComponent>().Single(c => c.Name == name);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private StepContext Step(string name, JsonObject with, JsonObject resolved, (string Name, StepOutput Output)[] inputs) => new()
    {
        RunId = RunId,
        Pipeline = "bench",
        Revision = 1,
        Step = name,
        Attempt = 1,
        Actor = Actor.System,
        With = with,
        Inputs = inputs.ToDictionary(i => i.Name, i => i.Output),
        Resolved = resolved,
        WorkDirectory = _directory,
        Log = Log.Add,
        Metric = (key, value, at) =>
        {
            Metrics.Add((key, value, at));
            OnMetric();
        },
        Results = results => Results = results,
        Progress = (_, _) => { },
    };

    public Guid RunId { get; } = Guid.NewGuid();

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Nexus.Portal.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
