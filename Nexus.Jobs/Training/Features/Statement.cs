using DuckDB.NET.Data;

namespace Nexus.Jobs.Training.Features;

/// <summary>Statements that end when the step is cancelled.</summary>
internal static class Statement
{
    public static void Run(DuckDBConnection connection, string sql, CancellationToken ct)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var cancel = ct.Register(command.Cancel);
        try
        {
            command.ExecuteNonQuery();
        }
        catch (DuckDBException) when (ct.IsCancellationRequested)
        {
            throw new OperationCanceledException(ct);
        }
    }

    public static long Scalar(DuckDBConnection connection, string sql, CancellationToken ct)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var cancel = ct.Register(command.Cancel);
        return Convert.ToInt64(command.ExecuteScalar());
    }
}
