using System.Diagnostics;
using System.Net;
using Shouldly;
using Xunit;

namespace Nexus.EndToEnd.Tests.Durability;

/// <summary>The folder that is shipped: what it weighs, and that it runs from anywhere with all that its pages load.</summary>
[Trait("Length", "Long")]
public sealed class PublishedTests(ITestOutputHelper output)
{
    private const long MostBytes = 150L << 20;

    [Fact]
    public async Task Published_folder_is_small_and_runs_from_anywhere()
    {
        var folder = Directory.CreateTempSubdirectory("nexus-published-").FullName;
        try
        {
            await PublishAsync(folder);
            var files = new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).ToList();
            output.WriteLine($"{files.Sum(f => f.Length) / 1e6:0.0} MB; {string.Join(", ", files.OrderByDescending(f => f.Length).Take(8).Select(f => $"{f.Name} {f.Length / 1e6:0.0}"))}");
            await using var portal = await PortalProcess.StartAsync("Production", published: folder);

            foreach (var asset in new[]
            {
                "js/editor.js", "_content/BlazorMonaco/lib/monaco-editor/min/vs/loader.js", "_content/BlazorMonaco/lib/monaco-editor/min/vs/editor/editor.main.js",
                "_content/BlazorMonaco/lib/monaco-editor/min/vs/editor/editor.main.nls.js", "_content/BlazorMonaco/lib/monaco-editor/min/vs/basic-languages/yaml/yaml.js",
                "_content/BlazorMonaco/lib/monaco-editor/min/vs/base/worker/workerMain.js", "_content/Plotly.Blazor/plotly-basic-3.7.0.min.js", "_content/MudBlazor/MudBlazor.min.js",
            })
            {
                using var answer = await portal.Http.GetAsync(asset);
                answer.StatusCode.ShouldBe(HttpStatusCode.OK, asset);
            }

            await Stories.ServeSmallModelAsync(portal); // DuckDB, LightGBM and ONNX Runtime, as they were shipped
            files.Sum(f => f.Length).ShouldBeLessThan(MostBytes);
            files.ShouldNotContain(f => f.Extension == ".dbg" || f.Extension == ".br" || f.Name.EndsWith(".js.map", StringComparison.Ordinal) && f.FullName.Contains("monaco", StringComparison.Ordinal));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task PublishAsync(string folder)
    {
        using var publish = Process.Start(new ProcessStartInfo("dotnet", ["publish", Repository.PathOf("Nexus.Web"), "--configuration", "Release", "--output", folder, "-p:RunAnalyzers=false"]) { RedirectStandardOutput = true })!;
        var said = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        publish.ExitCode.ShouldBe(0, said);
    }
}
