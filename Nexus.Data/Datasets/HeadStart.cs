namespace Nexus.Data.Datasets;

/// <summary>
/// A conversion that began before the scan had ended, by the types of the file's first rows. It is of use where the whole file
/// turns out to have those types, which it mostly does; the scan alone says what they are.
/// </summary>
internal sealed class HeadStart : IAsyncDisposable
{
    private readonly TableScan _guess;
    private readonly Task<long?> _rows;
    private readonly CancellationTokenSource _stop;
    private readonly string _parquet;

    private HeadStart(TableScan guess, Task<long?> rows, CancellationTokenSource stop, string parquet) =>
        (_guess, _rows, _stop, _parquet) = (guess, rows, stop, parquet);

    /// <param name="guess">What the first rows are.</param>
    /// <param name="convert">Writes the file's rows by the guess to that path; null where it cannot.</param>
    /// <param name="parquet">Where to write.</param>
    public static HeadStart Begin(TableScan guess, Func<string, CancellationToken, Task<long?>> convert, string parquet, CancellationToken ct)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        return new(guess, convert(parquet, stop.Token), stop, parquet);
    }

    /// <summary>Whether the rows lie at <paramref name="parquet"/> as that scan wants them; waits for them where they do.</summary>
    public async Task<bool> TakeAsync(TableScan scan, string parquet)
    {
        if (scan.Irregular || scan.Delimiter != _guess.Delimiter || !scan.Columns.SequenceEqual(_guess.Columns)) return false;
        if (await _rows != scan.Rows) return false;
        File.Move(_parquet, parquet, overwrite: true);
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _rows;
        }
        catch (OperationCanceledException)
        {
            // As asked.
        }
        finally
        {
            _stop.Dispose();
            File.Delete(_parquet);
        }
    }
}
