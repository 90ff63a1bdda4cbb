using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Nexus.Data;
using Nexus.Data.Agents;

namespace Nexus.Inference.Agents;

/// <summary>One prepared insert for many decisions: a fraction of what tracking them would cost.</summary>
internal sealed class DecisionInsert : IDisposable
{
    private static readonly string[] Columns =
    [
        nameof(Decision.Id), nameof(Decision.AgentId), nameof(Decision.At), nameof(Decision.ModelVersion), nameof(Decision.Variant),
        nameof(Decision.PlanRevision), nameof(Decision.Unit), nameof(Decision.Subject), nameof(Decision.Label), nameof(Decision.Score),
        nameof(Decision.LatencyMicroseconds), nameof(Decision.Payload),
    ];

    private readonly DbCommand _command;

    /// <param name="db">With its transaction begun.</param>
    public DecisionInsert(NexusDb db)
    {
        _command = db.Database.GetDbConnection().CreateCommand();
        _command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        var columns = string.Join(", ", Columns.Select(name => $"\"{name}\""));
        var values = string.Join(", ", Columns.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"@p{i}")));
        _command.CommandText = $"INSERT INTO \"Decisions\" ({columns}) VALUES ({values})";
        for (var i = 0; i < Columns.Length; i++)
        {
            var parameter = _command.CreateParameter();
            parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"@p{i}");
            _command.Parameters.Add(parameter);
        }
    }

    public async Task WriteAsync(IReadOnlyList<JournaledDecision> decisions, CancellationToken ct)
    {
        foreach (var decision in decisions)
        {
            Set(0, decision.Id);
            Set(1, decision.Schema.AgentId);
            Set(2, UtcMicroseconds.From(decision.At));
            Set(3, decision.Schema.ModelVersion);
            Set(4, decision.Variant);
            Set(5, decision.PlanRevision);
            Set(6, decision.Unit);
            Set(7, decision.Subject);
            Set(8, decision.Label is { Length: > 256 } label ? label[..256] : decision.Label);
            Set(9, decision.Score);
            Set(10, decision.LatencyMicroseconds);
            Set(11, decision.Payload);
            await _command.ExecuteNonQueryAsync(ct);
        }
    }

    public void Dispose() => _command.Dispose();

    private void Set(int at, object? value) => _command.Parameters[at].Value = value ?? DBNull.Value;
}
