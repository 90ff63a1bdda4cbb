using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Pipelines;
using Nexus.Data.Storage;

namespace Nexus.Jobs.Pipelines;

/// <summary>
/// What a run is to be repeated with: code with what was changed in it, packages, machine, of the worker that has it. Read once, as the
/// process runs the code it began with; what could not be read is read again for the next run.
/// </summary>
internal sealed class RunEnvironment(IDbContextFactory<NexusDb> contexts, BlobStore blobs, TimeProvider time)
{
    private const int MaxDiffBytes = 200 * 1024;
    private Known? _read;

    /// <summary>Writes down that the run works here.</summary>
    /// <exception cref="LeaseLostException">Another worker has it by now.</exception>
    public async Task WriteAsync(Run taken)
    {
        var (json, changes) = _read ??= await ReadAsync(); // twice at once is as good
        if (taken.Environment == json) return;
        var diff = changes is null ? null : await blobs.PutAsync(changes, CancellationToken.None);
        await using var db = await contexts.CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await RunLease.FenceAsync(db, taken, CancellationToken.None);
        await db.Runs.Where(r => r.Id == taken.Id).ExecuteUpdateAsync(r => r.SetProperty(x => x.Environment, json));
        await db.RunArtifacts.Where(a => a.RunId == taken.Id && a.Path == RunLauncher.DiffPath).ExecuteDeleteAsync();
        if (diff is not null)
            db.RunArtifacts.Add(new() { RunId = taken.Id, Path = RunLauncher.DiffPath, Digest = diff.Digest, Bytes = diff.Bytes, CreatedAt = time.GetUtcNow() });
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        taken.Environment = json;
    }

    /// <summary>The commit is what the assembly was built of; what git says of a clone that has moved on since is not told of it.</summary>
    /// <returns>Canonical JSON, and what <c>git diff HEAD</c> said where the clone is not clean.</returns>
    private static async Task<Known> ReadAsync()
    {
        var version = typeof(RunEnvironment).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        var head = await GitAsync("rev-parse HEAD");
        var commit = version.Contains('+', StringComparison.Ordinal) ? version.Split('+')[1] : head;
        var dirty = head is null || head != commit ? (bool?)null : await GitAsync("status --porcelain --untracked-files=no") is { Length: > 0 };
        var diff = dirty == true ? await DiffAsync() : null;
        var json = CanonicalJson.Write(new JsonObject
        {
            ["version"] = version.Split('+')[0],
            ["commit"] = commit,
            ["dirty"] = dirty,
            ["diff"] = diff is null ? null : Convert.ToHexStringLower(SHA256.HashData(diff)),
            ["framework"] = RuntimeInformation.FrameworkDescription,
            ["os"] = RuntimeInformation.OSDescription,
            ["architecture"] = RuntimeInformation.OSArchitecture.ToString(),
            ["processors"] = Environment.ProcessorCount,
            ["processor"] = Processor(),
            ["memoryBytes"] = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
            ["packages"] = Packages(),
        });
        return new(json, diff);
    }

    private static async Task<byte[]?> DiffAsync()
    {
        if (await GitAsync("diff HEAD") is not { Length: > 0 } diff) return null;
        var bytes = Encoding.UTF8.GetBytes(diff + "\n");
        return bytes[..Math.Min(bytes.Length, MaxDiffBytes)];
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

    private sealed record Known(string Json, byte[]? Diff);
}
