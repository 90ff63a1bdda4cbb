using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Nexus.Data.Storage.Workers;

/// <summary>
/// One piece of work in a process of its own, from start to end: fed, watched, ended in time. What it breaks or eats ends with
/// it and takes nothing else along.
/// </summary>
/// <param name="kind">The worker's one argument.</param>
public sealed partial class WorkerProcess(WorkerProgram program, string kind, ILogger logger)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(40);

    /// <param name="feed">Writes what the worker reads from its standard input.</param>
    /// <param name="directory">Where it works.</param>
    /// <returns>What it wrote to its standard output; empty where it did not answer.</returns>
    public async Task<(WorkerEnd End, byte[] Answer)> AskAsync(Func<Stream, CancellationToken, Task> feed, WorkerBounds bounds, string directory, CancellationToken ct)
    {
        using var process = Start(directory);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        over.CancelAfter(bounds.Time);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var output = ReadAsync(process, bounds.Answer);
        try
        {
            await feed(process.StandardInput.BaseStream, over.Token);
            process.StandardInput.Close();
            while (!output.IsCompleted)
            {
                await Task.WhenAny(output, Task.Delay(Look, over.Token));
                over.Token.ThrowIfCancellationRequested();
                if (Resident(process) > bounds.Resident) return (WorkerEnd.OverMemory, []);
            }

            if (await output is not { } answer) return (WorkerEnd.OverAnswer, []);
            if (answer.Length > 0) return (WorkerEnd.Answered, answer);
            Log.Broke(logger, kind, (await errors).Trim());
            return (WorkerEnd.Broke, []);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return (WorkerEnd.OverTime, []);
        }
        catch (IOException)
        {
            return (WorkerEnd.Broke, []);
        }
        finally
        {
            End(process);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private Process Start(string directory)
    {
        var start = new ProcessStartInfo(program.FileName, [.. program.Arguments, kind])
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        // Nothing of the portal's environment, where secrets are, goes along.
        start.Environment.Clear();
        foreach (var name in new[] { "SystemRoot", "TEMP", "TMP", "TMPDIR", "PATH" })
        {
            if (Environment.GetEnvironmentVariable(name) is { } value) start.Environment[name] = value;
        }

        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        return Process.Start(start)!;
    }

    /// <returns>Null where it is more than that.</returns>
    private static async Task<byte[]?> ReadAsync(Process process, long most)
    {
        using var all = new MemoryStream();
        var buffer = new byte[65_536];
        int read;
        while ((read = await process.StandardOutput.BaseStream.ReadAsync(buffer)) > 0)
        {
            all.Write(buffer, 0, read);
            if (all.Length > most) return null;
        }

        return all.ToArray();
    }

    /// <summary>Bytes in memory; 0 of a process that has ended, be it just now.</summary>
    private static long Resident(Process process)
    {
        try
        {
            process.Refresh();
            return process.HasExited ? 0 : process.WorkingSet64;
        }
        catch (Exception gone) when (gone is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return 0;
        }
    }

    private static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception gone) when (gone is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It ended by itself.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2201, LogLevel.Warning, "A {Kind} ended without an answer: {Errors}")]
        public static partial void Broke(ILogger logger, string kind, string errors);
    }
}
