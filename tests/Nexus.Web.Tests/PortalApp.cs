using System.Net.Http.Headers;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nexus.Data;
using Nexus.Data.Identity;
using Xunit;

namespace Nexus.Web.Tests;

/// <summary>
/// The whole portal on a real socket, with a data directory of its own. One per test class:
/// <c>public sealed class XTests(PortalApp portal) : IClassFixture&lt;PortalApp&gt;</c>; or <see cref="StartAsync"/> for a test that needs its own.
/// </summary>
public sealed class PortalApp : WebApplicationFactory<Program>, IAsyncLifetime
{
    public const string BootstrapKey = "bootstrap-key-of-the-tests-0123456789";

    /// <summary>Who sets the stage: has every role.</summary>
    public static readonly Actor Stage = new("stage", Enum.GetValues<Role>().ToHashSet());

    private readonly Dictionary<string, string> _settings = [];
    private readonly Lock _lock = new();
    private readonly Dictionary<string, HttpClient> _clients = [];
    private Action<IServiceCollection>? _configure;

    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("nexus-web-").FullName;

    /// <summary>Errors that the portal logged: ours, so a test that provokes none looks that it stays empty.</summary>
    public LoggedErrors Errors { get; } = new();

    public static async Task<PortalApp> StartAsync(Dictionary<string, string>? settings = null, Action<IServiceCollection>? configure = null)
    {
        var app = new PortalApp { _configure = configure };
        foreach (var (key, value) in settings ?? []) app._settings[key] = value;
        await app.InitializeAsync();
        return app;
    }

    public ValueTask InitializeAsync()
    {
        UseKestrel(0);
        StartServer();
        return ValueTask.CompletedTask;
    }

    /// <summary>Nobody's client; follows no redirect and keeps no cookie.</summary>
    public HttpClient Anonymous() => Make(null);

    /// <summary>The bootstrap key's client: every role.</summary>
    public HttpClient Bootstrap() => Remembered("bootstrap", () => BootstrapKey);

    /// <summary>A client by a key of that person with exactly these roles; the person is made at first use.</summary>
    public HttpClient As(string userName, params Role[] roles) =>
        Remembered($"{userName}:{string.Join(',', roles.Order())}", () => KeyAsync(userName, roles).GetAwaiter().GetResult());

    public HttpClient WithKey(string key) => Make(key);

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    public NexusDb Open() => Get<IDbContextFactory<NexusDb>>().CreateDbContext();

    /// <summary>A key of that person with exactly these roles.</summary>
    public async Task<string> KeyAsync(string userName, params Role[] roles)
    {
        var people = Get<PersonService>();
        try
        {
            await people.CreateAsync(new(userName, userName, roles), Stage, CancellationToken.None);
        }
        catch (RefusedException refused) when (refused.Kind == RefusalKind.Conflict)
        {
            var known = await people.GetAsync(userName, Stage, CancellationToken.None);
            if (roles.Except(known.Roles).Any()) await people.SetRolesAsync(userName, [.. known.Roles.Union(roles)], Stage, CancellationToken.None);
        }

        return (await Get<KeyService>().CreateAsync(userName, new("test", roles), Stage, CancellationToken.None)).Key;
    }

    /// <summary>As SIGTERM would: the portal's own main ends, and only then this does. The data directory stays until the end of the test.</summary>
    public async Task StopAsync()
    {
        var lifetime = Get<IHostApplicationLifetime>();
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var whenStopped = lifetime.ApplicationStopped.Register(stopped.SetResult);
        lifetime.StopApplication();
        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var client in _clients.Values) client.Dispose();
        await StopAsync();
        await base.DisposeAsync();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        builder.UseSetting("Nexus:DataDirectory", Directory);
        builder.UseSetting("Nexus:BootstrapApiKey", BootstrapKey);
        foreach (var (key, value) in _settings) builder.UseSetting(key, value);
        builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(Errors));
        builder.ConfigureServices(TestStore.Shadow);
        if (_configure is not null) builder.ConfigureServices(_configure);
    }

    private HttpClient Remembered(string name, Func<string> key)
    {
        lock (_lock)
        {
            if (!_clients.TryGetValue(name, out var client)) _clients[name] = client = Make(key());
            return client;
        }
    }

    private HttpClient Make(string? key)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, Expect100ContinueTimeout = TimeSpan.FromSeconds(30) }) { BaseAddress = ClientOptions.BaseAddress };
        if (key is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }
}
