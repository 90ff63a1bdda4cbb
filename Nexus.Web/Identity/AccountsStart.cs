using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using Nexus.Data;
using Nexus.Data.Identity;
using Nexus.Data.Nodes;

namespace Nexus.Web.Identity;

/// <summary>
/// Before the portal answers: the bootstrap account, and in Development four accounts, their passwords shown once. After:
/// outside Development, the link by which the first administrator is made, while there is none.
/// </summary>
internal sealed class AccountsStart(
    StandingAccounts accounts, SetupService setup, IHostEnvironment environment, IServer server,
    IOptions<NexusOptions> nexus) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await accounts.EnsureBootstrapAsync(cancellationToken);
        if (!environment.IsDevelopment()) return;
        var made = await accounts.SeedDevelopmentAsync(cancellationToken);
        if (made.Count == 0) return;

        // To the console alone, never to a log that is kept.
        Console.WriteLine("Accounts of this development portal (shown once):");
        foreach (var (userName, password) in made) Console.WriteLine($"  {userName,-10} {password}");
    }

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (environment.IsDevelopment() || !nexus.Value.Does(NodeRole.Web)) return;
        if (await setup.AddFirstAsync(cancellationToken) is not { } token) return;
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "";
        foreach (var any in (string[])["[::]", "0.0.0.0", "//*", "//+"]) address = address.Replace(any, any.StartsWith('/') ? "//localhost" : "localhost", StringComparison.Ordinal);

        // To the console alone: whoever reads the link may use it.
        Console.WriteLine($"There is no administrator yet. Make the first one here, once, within three days: {address}/set-up?token={token}");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
