using Microsoft.Extensions.Options;

namespace Nexus.Data.Storage.Health;

/// <summary>Whether the data directory's volume has room: what was acknowledged must be written somewhere.</summary>
internal sealed class DiskProbe(IOptions<NexusOptions> options) : ISystemProbe
{
    public string Part => SystemHealth.Disk;

    public Task<string?> LookAsync(CancellationToken ct)
    {
        var folder = Path.GetFullPath(options.Value.DataDirectory);
        var free = new DriveInfo(folder).AvailableFreeSpace / (1024 * 1024);
        return Task.FromResult(free >= options.Value.ReserveMegabytes ? null : "The data directory has no room left. What needs some is refused until there is room again; what was acknowledged is kept.");
    }
}
