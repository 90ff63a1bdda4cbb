using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Nexus.Data.Pipelines;
using Nexus.Data.Tests.Databases;

namespace Nexus.Data.Tests.Pipelines;

/// <summary>Puts many runs into a database by prepared statements: what the portal would write over years, in seconds.</summary>
internal static class RunStage
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Trainers = ["lightgbm", "linear"];

    public static Guid IdOf(int run) => new(0x01900000 + (run >> 16), (short)run, 0x7000, 0x80, 0, 0, 0, (byte)(run >> 24), (byte)(run >> 16), (byte)(run >> 8), (byte)run);

    /// <summary>
    /// Run i, one a minute: param <c>train.params.leaves</c> i mod 64, <c>train.trainer</c>, <c>seed</c> i; <c>auc</c> 0.5 + (i · 7919 mod 10,000)/20,000
    /// except for every tenth run, which failed; a curve <c>train/valid.auc</c> of so many points; tag <c>team</c> on every third.
    /// </summary>
    public static void Fill(TestDatabase database, int runs, int points)
    {
        using var db = database.Open();
        var connection = db.Database.GetDbConnection();
        connection.Open();
        if (!TestStore.IsPostgreSql) Run(connection, "PRAGMA synchronous=OFF; PRAGMA journal_mode=WAL; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-400000;");
        using var transaction = connection.BeginTransaction();
        var pipeline = IdOf(int.MaxValue);
        using (var one = Prepare(connection, "Pipelines", "Id", "Name", "Description", "Revision", "Runs", "CreatedAt", "CreatedBy"))
            one.Add(pipeline, "elec2", "", 1, runs, UtcMicroseconds.From(Start), "ada");
        FillRuns(connection, pipeline, runs);
        using (var metric = Prepare(connection, "RunMetrics", "RunId", "Key", "Value", "Step", "At"))
        {
            for (var i = 0; i < runs; i++)
            {
                var (id, at) = (IdOf(i), At(i));
                for (var step = 0; step < points; step++) metric.Add(id, "train/valid.auc", .5 + (.3 * step / (step + 10.0 + (i % 7))), step, at + step);
            }
        }

        transaction.Commit();
        if (TestStore.IsPostgreSql) return;
        Run(connection, "PRAGMA wal_checkpoint(TRUNCATE);");
        SqliteConnection.ClearAllPools();
    }

    private static void FillRuns(DbConnection connection, Guid pipeline, int runs)
    {
        using var run = Prepare(connection, "Runs", "Id", "PipelineId", "PipelineName", "Revision", "Number", "Status", "Trigger", "CreatedAt", "CreatedBy", "StartedAt", "EndedAt", "Overrides", "Composed", "ComposedDigest", "Origins", "Environment", "Recoveries", "Note");
        using var param = Prepare(connection, "RunParams", "RunId", "Key", "Value", "Text", "Number");
        using var latest = Prepare(connection, "RunLatestMetrics", "RunId", "Key", "Value", "Lower", "Upper", "Step", "At", "Final");
        using var tag = Prepare(connection, "RunTags", "RunId", "Key", "Value");
        for (var i = 0; i < runs; i++)
        {
            var (id, at, failed) = (IdOf(i), At(i), i % 10 == 9);
            run.Add(id, pipeline, "elec2", 1, i + 1, failed ? "Failed" : "Succeeded", "manual", at, i % 2 == 0 ? "ada" : "ben", at, at + (1_000_000L * (10 + (i % 50))), "[]", "{\"steps\":{}}", "", "{}", "{}", 0, "");
            Add(param, id, "train.params.leaves", i % 64);
            Add(param, id, "seed", i);
            param.Add(id, "train.trainer", Trainers[i % 2], Trainers[i % 2], null);
            latest.Add(id, "train/valid.auc", .7, null, null, 99, at, false);
            if (!failed) latest.Add(id, "auc", Auc(i), Auc(i) - .01, Auc(i) + .01, 0, at, true);
            if (i % 3 == 0) tag.Add(id, "team", "risk");
        }
    }

    public static double Auc(int run) => .5 + (run * 7919L % 10_000 / 20_000.0);

    private static long At(int run) => UtcMicroseconds.From(Start.AddMinutes(run));

    private static void Add(Insert param, Guid id, string key, int number) =>
        param.Add(id, key, number.ToString(CultureInfo.InvariantCulture), RunParam.Short(number.ToString(CultureInfo.InvariantCulture)), (double)number);

    private static void Run(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static Insert Prepare(DbConnection connection, string table, params string[] columns)
    {
        var command = connection.CreateCommand();
        command.CommandText = $"INSERT INTO \"{table}\" ({string.Join(", ", columns.Select(c => $"\"{c}\""))}) VALUES ({string.Join(", ", columns.Select((_, i) => $"@p{i}"))})";
        for (var i = 0; i < columns.Length; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@p{i}";
            command.Parameters.Add(parameter);
        }

        return new(command);
    }

    private sealed class Insert(DbCommand command) : IDisposable
    {
        public void Add(params object?[] values)
        {
            for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
            command.ExecuteNonQuery();
        }

        public void Dispose() => command.Dispose();
    }
}
