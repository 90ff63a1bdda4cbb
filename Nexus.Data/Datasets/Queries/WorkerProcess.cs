using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Nexus.Data.Datasets.Queries;

/// <summary>One worker from start to end: fed, watched, ended in time.</summary>
internal sealed partial class WorkerProcess(WorkerProgram program, ILogger logger)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(40);

    /// <summary>What the process takes beside the engine's memory before it is ended.</summary>
    private const long BaseBytes = 256L << 20;

    /// <summary>For what the engine does not interrupt by itself, and for the start of the process.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    /// <returns>The worker's answer; null where it broke down.</returns>
    /// <exception cref="RefusedException">Invalid, where it had to be ended.</exception>
    public async Task<byte[]?> AskAsync(WorkerRequest request, string directory, CancellationToken ct)
    {
        using var process = Start(directory);
        var timeout = TimeSpan.FromMilliseconds(request.TimeoutMs);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        over.CancelAfter(timeout + Grace);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var output = ReadAsync(process, (4L * request.MaxBytes) + 65_536);
        try
        {
            await JsonSerializer.SerializeAsync(process.StandardInput.BaseStream, request, cancellationToken: over.Token);
            process.StandardInput.Close();
            while (!output.IsCompleted)
            {
                await Task.WhenAny(output, Task.Delay(Look, over.Token));
                over.Token.ThrowIfCancellationRequested();
                if (Resident(process) > (((long)request.MemoryMB) << 20) + BaseBytes)
                    throw Refused.Invalid("sql", $"The query needs more than the {request.MemoryMB} MB of memory that it may use. It was stopped.");
            }

            var answer = await output;
            if (answer.Length > 0) return answer;
            Log.Broke(logger, (await errors).Trim());
            return null;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw Refused.Invalid("sql", $"The query was stopped after {timeout.TotalSeconds:0.#} s.");
        }
        catch (IOException)
        {
            return null;
        }
        finally
        {
            End(process);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private Process Start(string directory)
    {
        var start = new ProcessStartInfo(program.FileName, program.Arguments)
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

    private static async Task<byte[]> ReadAsync(Process process, long most)
    {
        using var all = new MemoryStream();
        var buffer = new byte[65_536];
        int read;
        while ((read = await process.StandardOutput.BaseStream.ReadAsync(buffer)) > 0)
        {
            all.Write(buffer, 0, read);
            if (all.Length > most) throw Refused.Invalid("sql", "The answer is too large to be shown. Ask for fewer columns or rows.");
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
        [LoggerMessage(2201, LogLevel.Warning, "A query's process ended without an answer: {Errors}")]
        public static partial void Broke(ILogger logger, string errors);
    }
}
