using System.IO.Pipelines;
using System.Text;
using Microsoft.JSInterop;

namespace Nexus.Web.Shell;

/// <summary>Gives the browser a file that is made here, piece by piece.</summary>
public sealed class Downloads(IJSRuntime js)
{
    /// <param name="name">With its ending.</param>
    /// <param name="lines">Each with its own end of line; read while the browser takes them in.</param>
    public async Task SaveAsync(string name, string contentType, IAsyncEnumerable<string> lines, CancellationToken ct)
    {
        var pipe = new Pipe();
        await using var module = await js.InvokeAsync<IJSObjectReference>("import", ct, "/js/files.js");
        using var reference = new DotNetStreamReference(pipe.Reader.AsStream());
        var filled = FillAsync(pipe.Writer, lines, ct);
        await module.InvokeVoidAsync("save", ct, name, contentType, reference);
        await filled;
    }

    private static async Task FillAsync(PipeWriter writer, IAsyncEnumerable<string> lines, CancellationToken ct)
    {
        Exception? failure = null;
        try
        {
            await foreach (var line in lines.WithCancellation(ct))
            {
                Encoding.UTF8.GetBytes(line, writer);
                if (writer.UnflushedBytes > 32 * 1024 && (await writer.FlushAsync(ct)).IsCompleted) return;
            }
        }
        catch (Exception exception)
        {
            failure = exception;
            throw;
        }
        finally
        {
            await writer.CompleteAsync(failure);
        }
    }
}
