using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Nexus.Data;

namespace Nexus.Jobs.Pipelines;

/// <summary>What a run is to be repeated with: code, packages, machine. Read once.</summary>
internal sealed class RunEnvironment
{
    private readonly Lazy<Task<string>> _json = new(ReadAsync);

    /// <summary>Canonical JSON.</summary>
    public Task<string> JsonAsync() => _json.Value;

    private static async Task<string> ReadAsync()
    {
        var version = typeof(RunEnvironment).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        var commit = await GitAsync("rev-parse HEAD");
        return CanonicalJson.Write(new JsonObject
        {
            ["version"] = version.Split('+')[0],
            ["commit"] = commit ?? (version.Contains('+', StringComparison.Ordinal) ? version.Split('+')[1] : null),
            ["dirty"] = commit is null ? null : await GitAsync("status --porcelain --untracked-files=no") is { Length: > 0 },
            ["framework"] = RuntimeInformation.FrameworkDescription,
            ["os"] = RuntimeInformation.OSDescription,
            ["architecture"] = RuntimeInformation.OSArchitecture.ToString(),
            ["processors"] = Environment.ProcessorCount,
            ["packages"] = Packages(),
        });
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
