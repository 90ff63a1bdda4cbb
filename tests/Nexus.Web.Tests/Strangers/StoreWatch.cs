using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Pipelines;
using Nexus.Data.Registry;

namespace Nexus.Web.Tests.Strangers;

/// <summary>Whether what is remembered has changed: a digest of every row but those that the portal writes on its own account.</summary>
internal sealed class StoreWatch(PortalApp portal) : IAsyncDisposable
{
    /// <summary>What is answered already arrives here a little later, or by the clock.</summary>
    private static readonly string[] Late = ["Decisions", "JournalPositions", "MonitoringMinutes", "LedgerCheckpoints", "IdempotentRequests", "Nodes", "SharedKeys"];

    private readonly NexusDb _db = portal.Open();
    private long _version = -1;
    private string _digest = "";

    /// <summary>Takes what is there now as given, once the work that it began is done.</summary>
    public async Task AcceptAsync(CancellationToken ct)
    {
        while (await _db.Runs.AnyAsync(r => r.Status == RunStatus.Queued || r.Status == RunStatus.Running, ct) || await _db.ModelExplanations.AnyAsync(e => e.State == ExplanationState.Queued || e.State == ExplanationState.Running, ct))
            await Task.Delay(20, ct);
        (_version, _digest) = (await VersionAsync(ct), await DigestAsync(ct));
    }

    public async Task<bool> HasChangedAsync(CancellationToken ct)
    {
        // Of SQLite: moves with every commit of another connection. Where it stands, nothing can have changed.
        var version = await VersionAsync(ct);
        if (version == _version) return false;
        _version = version;
        return await DigestAsync(ct) != _digest;
    }

    public ValueTask DisposeAsync() => _db.DisposeAsync();

    private async Task<long> VersionAsync(CancellationToken ct)
    {
        await using var command = await CommandAsync("PRAGMA data_version", ct);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    private async Task<string> DigestAsync(CancellationToken ct)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var type in _db.Model.GetEntityTypes().Where(t => t.GetTableName() is { } table && !Late.Contains(table)).OrderBy(t => t.GetTableName(), StringComparer.Ordinal))
        {
            var columns = type.GetProperties().Select(p => p.GetColumnName()).Where(c => c != "LastUsedAt");
            await using var command = await CommandAsync($"SELECT {string.Join(", ", columns.Select(c => $"\"{c}\""))} FROM \"{type.GetTableName()}\"", ct);
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct)) all.AppendData(Row(reader));
        }

        return Convert.ToHexStringLower(all.GetHashAndReset());
    }

    private async Task<DbCommand> CommandAsync(string sql, CancellationToken ct)
    {
        await _db.Database.OpenConnectionAsync(ct);
        var command = _db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        return command;
    }

    private static byte[] Row(DbDataReader reader)
    {
        var row = new StringBuilder();
        for (var i = 0; i < reader.FieldCount; i++) row.Append(reader.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : reader.GetValue(i)).Append('\u001F');
        return Encoding.UTF8.GetBytes(row.ToString());
    }
}
