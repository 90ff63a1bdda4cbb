using Hangfire;
using Hangfire.Common;
using Hangfire.States;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;
using Nexus.Data.Pipelines;
using Nexus.Jobs.Pipelines;

namespace Nexus.Jobs.Tests.Pipelines;

/// <summary>An engine with three fake components in a row (ingest → train → push) and a clock that the test moves.</summary>
internal sealed class EngineBench : IAsyncDisposable
{
    public const string Yaml = """
        name: demo
        params: { leaves: 31 }
        steps:
          ingest: { component: first, with: { dataset: d } }
          train: { component: second, inputs: { data: ingest }, with: { params: { leaves: "${params.leaves}" } } }
          push: { component: third, inputs: { model: train } }
        """;

    private readonly Action<IServiceCollection>? _configure;

    private EngineBench(TestPortal portal, FakeTimeProvider time, FakeComponent first, FakeComponent second, FakeComponent third, Action<IServiceCollection>? configure) =>
        (Portal, Time, First, Second, Third, _configure) = (portal, time, first, second, third, configure);

    public TestPortal Portal { get; }
    public FakeTimeProvider Time { get; }
    public FakeComponent First { get; }
    public FakeComponent Second { get; }
    public FakeComponent Third { get; }

    public static async Task<EngineBench> StartAsync(string yaml = Yaml, Action<IServiceCollection>? configure = null)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        var first = new FakeComponent("first");
        var second = new FakeComponent("second") { Inputs = new Dictionary<string, string> { ["data"] = StepKinds.Table }, OutputKind = StepKinds.Model };
        var third = new FakeComponent("third") { Inputs = new Dictionary<string, string> { ["model"] = StepKinds.Model }, OutputKind = StepKinds.Report, Cacheable = false };
        var portal = await TestPortal.StartAsync(time, services => Only(services, configure, first, second, third));
        var bench = new EngineBench(portal, time, first, second, third, configure);
        await portal.Get<PipelineService>().PutAsync("demo", yaml, TestPortal.Engineer, CancellationToken.None);
        return bench;
    }

    /// <summary>A second process over the same database.</summary>
    /// <param name="time">Its clock; null: that of the test.</param>
    public Task<TestPortal> AnotherWorkerAsync(TimeProvider? time = null) => TestPortal.StartAsync(time ?? Time, services => Only(services, _configure, First, Second, Third), Portal.Directory);

    public Task<Guid> LaunchAsync(params string[] overrides) =>
        Portal.Get<RunLauncher>().StartAsync("demo", overrides, null, TestPortal.Engineer, CancellationToken.None);

    /// <summary>Works on the run to its end, moving the clock wherever the engine waits for it.</summary>
    public Task ExecuteAsync(Guid run, TestPortal? worker = null) => DriveAsync(StartRun(run, worker));

    public static Task StartRun(TestPortal worker, Guid run, CancellationToken shutdown = default) =>
        Task.Run(() => worker.Get<RunEngine>().ExecuteAsync(run, shutdown), CancellationToken.None);

    public Task StartRun(Guid run, TestPortal? worker = null) => StartRun(worker ?? Portal, run);

    public async Task DriveAsync(Task work)
    {
        while (await Task.WhenAny(work, Task.Delay(10)) != work) Time.Advance(TimeSpan.FromMilliseconds(250));
        await work;
    }

    /// <summary>The worker looks on while nobody keeps a lease, until it has lapsed.</summary>
    public async Task WaitOutLeaseAsync(TestPortal? worker = null)
    {
        for (var i = 0; i < 8; i++)
        {
            await (worker ?? Portal).Get<RunRecovery>().RunAsync(CancellationToken.None);
            Time.Advance(TimeSpan.FromSeconds(2));
        }
    }

    /// <summary>As if its process had been suspended, and another had come to the run meanwhile.</summary>
    public async Task LoseLeaseAsync(Guid run)
    {
        await using var db = Portal.Open();
        var row = await db.Runs.SingleAsync(r => r.Id == run);
        (row.LeaseOwner, row.LeaseUntil) = (null, null);
        await db.SaveChangesAsync();
    }

    public Task<RunDetail> ReadAsync(Guid run) => Portal.Get<RunService>().GetAsync(run, CancellationToken.None);

    public async Task<string> LogAsync(Guid run, string step)
    {
        var logs = Portal.Get<RunLogService>();
        return (await logs.TailAsync(await logs.FindStepAsync(run, step, CancellationToken.None), 0, null, CancellationToken.None)).Text;
    }

    public async Task<Run> RowAsync(Guid run)
    {
        await using var db = Portal.Open();
        return await db.Runs.AsNoTracking().SingleAsync(r => r.Id == run);
    }

    public ValueTask DisposeAsync() => Portal.DisposeAsync();

    /// <summary>Nothing runs by itself: the test works on the runs.</summary>
    public static void WithoutQueue(IServiceCollection services)
    {
        services.RemoveAll<IBackgroundJobClient>();
        services.AddSingleton<IBackgroundJobClient, NoQueue>();
    }

    private static void Only(IServiceCollection services, Action<IServiceCollection>? configure, params FakeComponent[] components)
    {
        configure?.Invoke(services);
        services.RemoveAll<IComponent>();
        foreach (var component in components) services.AddSingleton<IComponent>(component);
        WithoutQueue(services);
        services.RemoveAll<WorkerIdentity>();
        services.AddSingleton(new WorkerIdentity("elsewhere-" + Guid.NewGuid().ToString("N")[..8], 1));
    }

    private sealed class NoQueue : IBackgroundJobClient
    {
        public string Create(Job job, IState state) => "0";

        public bool ChangeState(string jobId, IState state, string expectedState) => true;
    }
}
