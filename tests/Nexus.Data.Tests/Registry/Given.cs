using System.Text.Json.Nodes;
using Nexus.Data.Identity;
using Nexus.Data.Registry;
using Nexus.Data.Storage;
using Xunit;

namespace Nexus.Data.Tests.Registry;

/// <summary>People and model versions to test with.</summary>
internal static class Given
{
    public static Actor Engineer { get; } = new("eva", new HashSet<Role> { Role.Viewer, Role.Engineer });

    public static Actor Approver { get; } = new("ada", new HashSet<Role> { Role.Viewer, Role.Approver });

    public static Actor Both(string name) => new(name, new HashSet<Role> { Role.Viewer, Role.Engineer, Role.Approver });

    public static async Task<ModelVersionView> ModelVersionAsync(
        this TestDatabase database, string model = "price", string content = "onnx", Guid? run = null, double auc = 0.77) =>
        await database.Get<ModelService>().RegisterAsync(
            await database.NewAsync(model, content, run, auc), Engineer, TestContext.Current.CancellationToken);

    public static async Task<NewModelVersion> NewAsync(this TestDatabase database, string model, string content = "onnx", Guid? run = null, double auc = 0.77) => new(
        model,
        await database.Get<BlobStore>().PutTextAsync(content, TestContext.Current.CancellationToken),
        new([new("x", "FP32", [-1, 1])], [new("label", "BYTES", [-1, 1])], "binary", ["DOWN", "UP"], "UP"),
        new Dictionary<string, MetricEstimate> { ["auc"] = new(auc, auc - 0.01, auc + 0.01), ["brier"] = new(0.2) },
        new JsonObject { ["commit"] = "9f3c2ab" })
    {
        RunId = run,
        Dataset = "elec2@3",
        Evaluation = CanonicalJson.Write(Report(auc)),
    };

    public static EvaluationReport Report(double auc) => new(
        "binary",
        "elec2@3",
        400,
        true,
        new Dictionary<string, MetricEstimate> { ["auc"] = new(auc, auc - 0.01, auc + 0.01) },
        [],
        [],
        [new("require", "auc", null, "min", 0.7, auc, true, $"AUC {auc} is at least 0.7.")],
        new(
            "price",
            1,
            new Dictionary<string, MetricEstimate> { ["auc"] = new(0.75, 0.74, 0.76) },
            new Dictionary<string, MetricEstimate> { ["auc"] = new(auc - 0.75, auc - 0.76, auc - 0.74) }),
        [],
        [],
        [],
        null);
}
