using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Nexus.Data.Storage.Databases;

/// <summary>One prepared insert for many rows: in the process that is faster than any bulk copy, and a fraction of what tracking would cost.</summary>
internal static class PreparedInsert
{
    public static async Task WriteAsync<T>(NexusDb db, IReadOnlyCollection<T> rows, CancellationToken ct) where T : class
    {
        if (rows.Count == 0) return;
        var type = db.Model.FindEntityType(typeof(T))!;
        var columns = type.GetProperties().Where(p => p.ValueGenerated == ValueGenerated.Never || p.ClrType == typeof(Guid)).ToArray(); // not what the table counts up
        var values = columns.Select(Reader<T>).ToArray();
        await using var command = Prepare(db, type, columns);
        foreach (var row in rows)
        {
            for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i](row) ?? DBNull.Value;
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    private static DbCommand Prepare(NexusDb db, IEntityType type, IProperty[] columns)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        var names = string.Join(", ", columns.Select(c => $"\"{c.GetColumnName()}\""));
        var places = string.Join(", ", columns.Select((_, i) => Place(i)));
        command.CommandText = $"INSERT INTO \"{type.GetTableName()}\" ({names}) VALUES ({places})";
        for (var i = 0; i < columns.Length; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = Place(i);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    /// <summary>The property as the database has it.</summary>
    private static Func<T, object?> Reader<T>(IProperty property)
    {
        var getter = property.GetGetter();
        var converter = property.GetTypeMapping().Converter;
        return converter is null
            ? row => getter.GetClrValue(row!)
            : row => getter.GetClrValue(row!) is { } value ? converter.ConvertToProvider(value) : null;
    }

    private static string Place(int index) => string.Create(CultureInfo.InvariantCulture, $"@p{index}");
}
