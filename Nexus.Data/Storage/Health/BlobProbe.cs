using Nexus.Data.Storage.Blobs;

namespace Nexus.Data.Storage.Health;

/// <summary>Whether the bucket answers, where blobs lie in one.</summary>
internal sealed class BlobProbe(IBlobHome home) : ISystemProbe
{
    public string Part => SystemHealth.Blobs;

    public int Patience => 2;

    public async Task<string?> LookAsync(CancellationToken ct)
    {
        await home.ProbeAsync(ct);
        return null;
    }
}
