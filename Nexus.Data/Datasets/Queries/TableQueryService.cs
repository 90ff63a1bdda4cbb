using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Nexus.Data.Identity;
using Nexus.Data.Storage;
using Nexus.Data.Storage.Workers;

namespace Nexus.Data.Datasets.Queries;

/// <summary>SQL over a dataset's versions: reading alone, bounded in time, memory, rows and bytes, in a process of its own.</summary>
public sealed class TableQueryService(
    DatasetCatalog catalog, BlobStore blobs, IOptions<NexusOptions> nexus, IOptions<QueryOptions> options, WorkerProgram program, ILogger<TableQueryService> logger)
{
    public const int MaxSql = 20_000;

    /// <summary>The newest versions that have a name of their own, <c>v41</c>.</summary>
    private const int NamedVersions = 50;

    /// <summary>What the process takes beside the engine's memory before it is ended.</summary>
    private const long BaseBytes = 256L << 20;

    /// <summary>For what the engine does not interrupt by itself, and for the start of the process.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    private readonly QueryTurns _turns = new(options);
    private readonly string _spill = nexus.Value.PathOf("spill");

    /// <summary>
    /// One statement over the version, which is the table <c>data</c> and has the dataset's name too; other versions are <c>v1</c>,
    /// <c>v2</c>, … Cancelling ends the work at once.
    /// </summary>
    /// <param name="maxRows">1 … 1,000; null for the most.</param>
    /// <exception cref="RefusedException">
    /// Invalid, with line and column where there is a place, and where the time or memory did not do; TooMany; NotFound; Forbidden.
    /// </exception>
    public async Task<QueryResult> RunAsync(DatasetRef dataset, string sql, int? maxRows, Actor actor, CancellationToken ct)
    {
        var limits = options.Value;
        if (string.IsNullOrWhiteSpace(sql)) throw Refused.Invalid("sql", "Write a statement.");
        if (sql.Length > MaxSql) throw Refused.Invalid("sql", $"A statement has at most {MaxSql:N0} characters.");
        if (sql.Contains('\0', StringComparison.Ordinal)) throw Refused.Invalid("sql", "A statement has no NUL character.");
        if (maxRows < 1 || maxRows > limits.MaxRows) throw Refused.Invalid("maxRows", $"maxRows is 1 to {limits.MaxRows:N0}.");
        var version = await catalog.GetAsync(dataset, ct);
        var tables = await TablesAsync(version, sql, ct);
        using var turn = _turns.Take(actor.Name);
        var spill = Directory.CreateDirectory(Path.Combine(_spill, $"query-{Guid.NewGuid():N}"));
        try
        {
            var request = new QueryWork(
                sql, tables, Path.GetRelativePath(blobs.Root, spill.FullName), limits.MemoryMB, limits.SpillMB, limits.Threads,
                maxRows ?? limits.MaxRows, limits.MaxBytes, (int)limits.Timeout.TotalMilliseconds);
            return Parse(await AskAsync(request, ct));
        }
        catch (JsonException)
        {
            throw Broken(); // it ended amidst its answer
        }
        finally
        {
            Sweep(spill);
        }
    }

    private async Task<byte[]> AskAsync(QueryWork work, CancellationToken ct)
    {
        var time = TimeSpan.FromMilliseconds(work.TimeoutMs);
        var bounds = new WorkerBounds((((long)work.MemoryMB) << 20) + BaseBytes, time + Grace, (4L * work.MaxBytes) + 65_536);
        var (end, answer) = await new WorkerProcess(program, TableQueryWorker.Argument, logger)
            .AskAsync((input, stop) => JsonSerializer.SerializeAsync(input, work, cancellationToken: stop), bounds, blobs.Root, ct);
        return end switch
        {
            WorkerEnd.Answered => answer,
            WorkerEnd.OverTime => throw Refused.Invalid("sql", $"The query was stopped after {time.TotalSeconds:0.#} s."),
            WorkerEnd.OverMemory => throw Refused.Invalid("sql", $"The query needs more than the {work.MemoryMB} MB of memory that it may use. It was stopped."),
            WorkerEnd.OverAnswer => throw Refused.Invalid("sql", "The answer is too large to be shown. Ask for fewer columns or rows."),
            _ => throw Broken(),
        };
    }

    /// <summary>Name → Parquet file below the blobs, for the versions whose names the statement has in it.</summary>
    private async Task<Dictionary<string, string>> TablesAsync(DatasetVersionView version, string sql, CancellationToken ct)
    {
        var tables = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var other in (await catalog.VersionsAsync(version.Name, new(NamedVersions), ct)).Items.Prepend(version))
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"v{other.Version}");
            if (sql.Contains(name, StringComparison.OrdinalIgnoreCase)) tables[name] = Path.GetRelativePath(blobs.Root, await blobs.FetchAsync(other.ParquetDigest, ct));
        }

        var own = Path.GetRelativePath(blobs.Root, await blobs.FetchAsync(version.ParquetDigest, ct));
        tables["data"] = own;
        tables.TryAdd(version.Name, own);
        return tables;
    }

    private static RefusedException Broken() =>
        Refused.Invalid("sql", "The query broke its process, most likely for want of memory. Nothing else was harmed; ask for less.");

    private static void Sweep(DirectoryInfo spill)
    {
        try
        {
            spill.Delete(recursive: true);
        }
        catch (IOException)
        {
            // What the engine was about to delete itself; the folder of all spills goes at the next start.
        }
    }

    private static QueryResult Parse(byte[] answer)
    {
        using var json = JsonDocument.Parse(answer);
        var root = json.RootElement;
        if (root.TryGetProperty("error", out var error))
        {
            throw root.TryGetProperty("line", out var line)
                ? Refused.InvalidAt(line.GetInt32(), root.GetProperty("column").GetInt32(), error.GetString()!)
                : Refused.Invalid("sql", error.GetString()!);
        }

        return new(
            [.. root.GetProperty("columns").EnumerateArray().Select(c => new QueryColumn(c.GetProperty("name").GetString()!, c.GetProperty("type").GetString()!))],
            [.. root.GetProperty("rows").EnumerateArray().Select(row => (IReadOnlyList<JsonElement>)[.. row.EnumerateArray().Select(cell => cell.Clone())])],
            root.GetProperty("truncated").GetBoolean(), root.GetProperty("elapsedMilliseconds").GetDouble());
    }
}
