using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using Nexus.Data;
using Nexus.Data.Storage;

namespace Nexus.Jobs.Pipelines;

/// <summary>
/// What a run is to be repeated with: code with what was changed in it, packages, machine. Read once, as the process runs the code it
/// began with.
/// </summary>
internal sealed class RunEnvironment
{
    private const int MaxDiffBytes = 200 * 1024;
    private readonly Lazy<Task<(string Json, BlobRef? Diff)>> _read;

    public RunEnvironment(BlobStore blobs) => _read = new(() => ReadAsync(blobs));

    /// <returns>Canonical JSON, and what <c>git diff HEAD</c> said where the clone is not clean.</returns>
    public Task<(string Json, BlobRef? Diff)> ReadAsync() => _read.Value;

    private static async Task<(string Json, BlobRef? Diff)> ReadAsync(BlobStore blobs)
    {
        var version = typeof(RunEnvironment).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        var commit = await GitAsync("rev-parse HEAD");
        var dirty = commit is null ? (bool?)null : await GitAsync("status --porcelain --untracked-files=no") is { Length: > 0 };
        var diff = dirty == true ? await DiffAsync(blobs) : null;
        var json = CanonicalJson.Write(new JsonObject
        {
            ["version"] = version.Split('+')[0],
            ["commit"] = commit ?? (version.Contains('+', StringComparison.Ordinal) ? version.Split('+')[1] : null),
            ["dirty"] = dirty,
            ["diff"] = diff?.Digest,
            ["framework"] = RuntimeInformation.FrameworkDescription,
            ["os"] = RuntimeInformation.OSDescription,
            ["architecture"] = RuntimeInformation.OSArchitecture.ToString(),
            ["processors"] = Environment.ProcessorCount,
            ["processor"] = Processor(),
            ["memoryBytes"] = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
            ["packages"] = Packages(),
        });
        return (json, diff);
    }

    private static async Task<BlobRef?> DiffAsync(BlobStore blobs)
    {
        if (await GitAsync("diff HEAD") is not { Length: > 0 } diff) return null;
        var bytes = Encoding.UTF8.GetBytes(diff + "\n");
        return await blobs.PutAsync(bytes.AsMemory(0, Math.Min(bytes.Length, MaxDiffBytes)), CancellationToken.None);
    }

    private static string? Processor()
    {
        const string Linux = "/proc/cpuinfo";
        if (!File.Exists(Linux)) return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        return File.ReadLines(Linux).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[^1].Trim();
    }

    private static JsonObject Packages()
    {
        var packages = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in (AppContext.GetData("APP_CONTEXT_DEPS_FILES") as string ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).Take(1))
        {
            foreach (var (name, library) in JsonNode.Parse(File.ReadAllText(file))?["libraries"]?.AsObject() ?? [])
            {
                if (library?["type"]?.ToString() == "package" && name.Split('/') is [var package, var version]) packages[package] = version;
            }
        }

        return new(packages.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value)));
    }

    // Null where there is no git, or the program does not lie in a clone.
    private static async Task<string?> GitAsync(string arguments)
    {
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            using var git = Process.Start(new ProcessStartInfo("git", $"-C \"{AppContext.BaseDirectory.TrimEnd('/', '\\')}\" {arguments}")
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
            if (git is null) return null;
            var text = await git.StandardOutput.ReadToEndAsync(patience.Token);
            await git.WaitForExitAsync(patience.Token);
            return git.ExitCode == 0 ? text.Trim() : null;
        }
        catch (Exception failure) when (failure is System.ComponentModel.Win32Exception or OperationCanceledException)
        {
            return null;
        }
    }
}
