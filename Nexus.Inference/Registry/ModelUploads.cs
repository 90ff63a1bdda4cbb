using System.Text.Json.Nodes;
using Nexus.Data;
using Nexus.Data.Identity;
using Nexus.Data.Registry;
using Nexus.Data.Storage;
using Nexus.Inference.Onnx;

namespace Nexus.Inference.Registry;

/// <summary>Takes in an ONNX made elsewhere: read, tried, registered; a refused one leaves nothing behind.</summary>
public sealed class ModelUploads(BlobStore blobs, SmokeRun smoke, ModelService models) : IDisposable
{
    /// <summary>The largest model file.</summary>
    public const long MaxBytes = 512L << 20;

    // The file is held in memory while it is read and tried.
    private readonly SemaphoreSlim _turn = new(2, 2);

    /// <summary>Streams the file beside the blob store; hand the path on to <see cref="RegisterAsync"/>, which takes it over.</summary>
    /// <exception cref="RefusedException">TooLarge, where nothing stays behind.</exception>
    public async Task<string> ReceiveAsync(Stream content, CancellationToken ct)
    {
        var path = blobs.NewPath();
        try
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous);
            var buffer = new byte[128 * 1024];
            int read;
            while ((read = await content.ReadAsync(buffer, ct)) > 0)
            {
                if (file.Length + read > MaxBytes) throw Refused.TooLarge($"A model file has at most {MaxBytes >> 20} MiB.");
                await file.WriteAsync(buffer.AsMemory(0, read), ct);
            }

            return path;
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    /// <param name="path">What <see cref="ReceiveAsync"/> answered; gone afterwards, whatever comes of it.</param>
    /// <exception cref="RefusedException">Forbidden without the role Engineer; Invalid, saying why, where the model cannot be served.</exception>
    public async Task<ModelVersionView> RegisterAsync(string model, string path, UploadedModel uploaded, Actor actor, CancellationToken ct)
    {
        try
        {
            actor.Demand(Role.Engineer);
            Names.Check(model, "model");
            uploaded.Check();
            var signature = await TryAsync(path, uploaded, ct);
            var blob = await blobs.AdoptAsync(path, ct);
            var provenance = new JsonObject { ["upload"] = uploaded.FileName, ["uploadedBy"] = actor.Name };
            return await models.RegisterAsync(
                new(model, blob, signature, uploaded.Metrics, provenance) { Id = uploaded.Id, Description = uploaded.Description, Tags = uploaded.Tags }, actor, ct);
        }
        finally
        {
            File.Delete(path);
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<ModelSignature> TryAsync(string path, UploadedModel uploaded, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            var inspection = OnnxInspector.Inspect(await File.ReadAllBytesAsync(path, ct));
            if (inspection.Problems.Count > 0) throw Refused.Invalid("model", string.Join(" ", inspection.Problems));
            var signature = new ModelSignature(inspection.Inputs, inspection.Outputs, uploaded.Task, uploaded.Classes, uploaded.Positive);
            await smoke.CheckAsync(path, signature, ct);
            return signature;
        }
        finally
        {
            _turn.Release();
        }
    }
}
