using Nexus.Data;
using Nexus.Data.Agents;
using Nexus.Data.Registry;
using Nexus.Data.Storage;

namespace Nexus.Web.Tests.Agents;

/// <summary>Sets the stage: models with versions in Production, and agents that follow them.</summary>
internal static class Serving
{
    /// <summary>A further version of the model in Production, and an agent of its name; in force when this returns.</summary>
    public static async Task<int> ServeAsync(this PortalApp portal, string name, (byte[] Onnx, ModelSignature Signature) artifact, bool promote = true)
    {
        var blob = await portal.Get<BlobStore>().PutAsync(artifact.Onnx, CancellationToken.None);
        var now = TimeProvider.System.GetUtcNow();
        await using var db = portal.Open();
        var model = db.Models.FirstOrDefault(m => m.Name == name);
        if (model is null) db.Models.Add(model = new() { Id = Ids.New(TimeProvider.System), Name = name, CreatedAt = now, CreatedBy = "ada" });
        model.LatestVersion++;
        if (promote) model.ProductionVersion = model.LatestVersion;
        db.ModelVersions.Add(new()
        {
            Id = Ids.New(TimeProvider.System),
            ModelId = model.Id,
            ModelName = name,
            Version = model.LatestVersion,
            Kind = "onnx",
            Digest = blob.Digest,
            Bytes = blob.Bytes,
            Signature = CanonicalJson.Write(artifact.Signature),
            Metrics = "{}",
            Provenance = "{}",
            RunId = Guid.NewGuid(),
            CreatedAt = now,
            CreatedBy = "ada",
        });
        await db.SaveChangesAsync();
        await portal.Get<AgentService>().PutAsync(name, name, null, PortalApp.Stage, CancellationToken.None);
        await portal.Get<IServedModels>().RefreshAsync(CancellationToken.None);
        return model.LatestVersion;
    }
}
