using Nexus.Data.Storage;

namespace Nexus.Web.Platform;

/// <summary>After everything that writes has stopped, leaves the database in one file.</summary>
internal sealed class DatabaseEnd(DatabaseStart database) : IHostedLifecycleService
{
    public Task StoppedAsync(CancellationToken cancellationToken) => database.CheckpointAsync(CancellationToken.None);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
