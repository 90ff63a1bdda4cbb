using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Storage.Databases;

namespace Nexus.EndToEnd.Tests;

/// <summary>The portal as its users run it: a process of its own, its own data directory, a free port. Can be killed and started again.</summary>
internal sealed class PortalProcess : IAsyncDisposable
{
    public const string BootstrapKey = "bootstrap-key-of-the-end-to-end-tests-0123456789";

    private readonly ConcurrentQueue<string> _output = new();
    private readonly Dictionary<string, string> _environment;
    private string? _published;
    private string[] _under = [];
    private Process? _process;

    private PortalProcess(Dictionary<string, string> environment, string dataDirectory)
    {
        (_environment, DataDirectory) = (environment, dataDirectory);
        Address = new Uri($"http://127.0.0.1:{FreePort()}");
        Http = ClientFor(BootstrapKey);
    }

    public Uri Address { get; }

    public string DataDirectory { get; }

    public int ProcessId => _process!.Id;

    /// <summary>Acts as the bootstrap account.</summary>
    public HttpClient Http { get; }

    /// <summary>All lines that the process has written, over all its lives.</summary>
    public IReadOnlyCollection<string> Output => _output;

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="environment">Development (as <c>dotnet run</c> sets it) or another; further settings as environment variables.</param>
    /// <param name="prepare">Puts something into the data directory before the first start; may run the executable by <see cref="RunAsync"/>.</param>
    /// <param name="published">A published folder to run from elsewhere, instead of the build.</param>
    /// <param name="under">A command, with its arguments, that runs it.</param>
    public static async Task<PortalProcess> StartAsync(
        string environment = "Development", Dictionary<string, string>? settings = null, Func<PortalProcess, Task>? prepare = null, string? published = null, string[]? under = null)
    {
        var directory = Directory.CreateTempSubdirectory("nexus-e2e-").FullName;
        var variables = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = environment,
            ["DOTNET_NOLOGO"] = "1",
            ["Nexus__DataDirectory"] = directory,
            ["Nexus__BootstrapApiKey"] = BootstrapKey,
            ["Nexus__SampleData"] = "false",
        };
        foreach (var (name, value) in settings ?? []) variables[name] = value;
        var portal = new PortalProcess(variables, directory) { _published = published, _under = under ?? [] };
        if (prepare is not null) await prepare(portal);
        await portal.StartAgainAsync();
        return portal;
    }

    /// <summary>The same executable with other arguments, in the same environment: its exit code and all that it wrote.</summary>
    public async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(Start(arguments))!;
        var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(await output));
    }

    public HttpClient ClientFor(string key)
    {
        var http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return http;
    }

    public async Task StartAgainAsync()
    {
        _process = Process.Start(Start("--urls", Address.ToString())) ?? throw new InvalidOperationException("The portal does not start.");
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await WaitUntilReadyAsync();
    }

    /// <summary>The database behind it, for what only years would put into it.</summary>
    public NexusDb OpenDatabase()
    {
        var provider = DatabaseProvider.Find(_environment.GetValueOrDefault("Nexus__Database__Provider", "Sqlite"))!;
        var options = new DbContextOptionsBuilder<NexusDb>();
        provider.Configure(options, _environment.GetValueOrDefault("ConnectionStrings__Nexus") ?? provider.DefaultConnection(new() { DataDirectory = DataDirectory })!);
        return new(options.Options);
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as a service manager stops it; answers how long it took to end.</summary>
    public async Task<TimeSpan> StopAsync()
    {
        var watch = Stopwatch.StartNew();
        await SignalAsync("TERM");
        await _process!.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);
        return watch.Elapsed;
    }

    /// <param name="signal">TERM, or STOP and CONT, between which it hangs.</param>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process!.Id.ToString()]);
        await kill.WaitForExitAsync();
    }

    /// <summary>What of the process lies in memory now.</summary>
    public long ResidentBytes()
    {
        _process!.Refresh();
        return _process.WorkingSet64;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false }) await KillAsync();
        _process?.Dispose();
        Http.Dispose();
        Directory.Delete(DataDirectory, recursive: true);
    }

    private ProcessStartInfo Start(params string[] arguments)
    {
        string[] command = [.. _under, _published is null ? "dotnet" : Path.Combine(_published, "Nexus.Web")];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = _published is null ? Repository.PathOf("Nexus.Web") : Path.GetTempPath(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (_published is null) start.ArgumentList.Add(Repository.PathOf("Nexus.Web", "bin", Repository.Configuration, "net10.0", "Nexus.Web.dll"));
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in _environment) start.Environment[name] = value;
        return start;
    }

    private async Task WaitUntilReadyAsync()
    {
        using var http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(2) };
        var limit = Stopwatch.StartNew();
        while (limit.Elapsed < TimeSpan.FromSeconds(60))
        {
            if (_process!.HasExited) break;
            try
            {
                using var answer = await http.GetAsync("/health/ready");
                if (answer.StatusCode == HttpStatusCode.OK) return;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                // Not listening yet.
            }

            await Task.Delay(100);
        }

        throw new InvalidOperationException($"The portal is not ready.\n{string.Join('\n', _output.TakeLast(60))}");
    }

    private void Keep(string? line)
    {
        if (line is not null) _output.Enqueue(line);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
