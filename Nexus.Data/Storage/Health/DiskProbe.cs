using Microsoft.Extensions.Options;

namespace Nexus.Data.Storage.Health;

/// <summary>Whether the volumes of the data directory and of the blobs have room: what was acknowledged must be written somewhere.</summary>
internal sealed class DiskProbe(IOptions<NexusOptions> options) : ISystemProbe
{
    public string Part => SystemHealth.Disk;

    public Task<string?> LookAsync(CancellationToken ct)
    {
        var nexus = options.Value;
        var full = !HasRoom(nexus.DataDirectory) ? "data directory" : nexus.Blobs is { Provider: "Files", Directory.Length: > 0 } && !HasRoom(nexus.BlobDirectory) ? "blob directory" : null;
        return Task.FromResult(full is null ? null : $"The {full} has no room left. What needs some is refused until there is room again; what was acknowledged is kept.");
    }

    private bool HasRoom(string folder) => new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace / (1024 * 1024) >= options.Value.ReserveMegabytes;
}
