using System.Net.Http.Headers;
using Nexus.EndToEnd.Tests;

namespace Nexus.Benchmarks;

/// <summary>From a model to an agent that serves it, through the portal's own doors.</summary>
internal static class Stage
{
    public const string Agent = "forest";

    public static async Task ServeAsync(PortalProcess portal, string model)
    {
        using var form = new MultipartFormDataContent();
        var file = new ByteArrayContent(await File.ReadAllBytesAsync(model));
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        form.Add(file, "model", "model.onnx");
        using var uploaded = await portal.Http.PostAsync($"/api/v1/models/{Agent}/versions", form);
        uploaded.EnsureSuccessStatusCode();
        var transition = await portal.Http.PostJsonAsync($"/api/v1/models/{Agent}/versions/1/transitions", new { to = "Production", reason = "benchmark" });
        using var approver = await Stories.ApproverAsync(portal);
        await approver.PostJsonAsync($"/api/v1/approvals/{transition.Text("approvalId")}/decisions", new { decision = "approve", comment = "benchmark" });
        await portal.Http.PutJsonAsync($"/api/v1/agents/{Agent}", new { model = Agent, description = "" });
    }
}
