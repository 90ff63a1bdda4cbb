using System.Collections.Concurrent;
using System.Linq.Expressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Nexus.Data.Storage.Databases;

/// <summary>One prepared insert for many rows: in the process that is faster than any bulk copy, and a fraction of what tracking would cost.</summary>
internal static class SqliteInsert
{
    private const int RowsBetweenChecks = 256;
    private static readonly ConcurrentDictionary<IProperty, Delegate> Binders = new();

    public static void Write<T>(NexusDb db, IReadOnlyCollection<T> rows, CancellationToken ct) where T : class
    {
        if (rows.Count == 0) return;
        var type = db.Model.FindEntityType(typeof(T))!;
        // Not what the table counts up.
        var columns = type.GetProperties().Where(p => p.ValueGenerated == ValueGenerated.Never || p.ClrType == typeof(Guid)).ToArray();
        var binders = Array.ConvertAll(columns, p => (Action<SqliteStatement, int, T>)Binders.GetOrAdd(p, Binder<T>));
        using var statement = new SqliteStatement((SqliteConnection)db.Database.GetDbConnection(), Sql(type, columns));
        var written = 0;
        foreach (var row in rows)
        {
            if (written++ % RowsBetweenChecks == 0) ct.ThrowIfCancellationRequested();
            for (var i = 0; i < binders.Length; i++) binders[i](statement, i + 1, row);
            statement.Run();
        }
    }

    private static string Sql(IEntityType type, IProperty[] columns) =>
        $"INSERT INTO \"{type.GetTableName()}\" ({string.Join(", ", columns.Select(c => $"\"{c.GetColumnName()}\""))}) VALUES ({string.Join(", ", columns.Select(_ => "?"))})";

    /// <summary>Binds the property as the database has it.</summary>
    private static Action<SqliteStatement, int, T> Binder<T>(IProperty property)
    {
        var (statement, place, row) = (Expression.Parameter(typeof(SqliteStatement)), Expression.Parameter(typeof(int)), Expression.Parameter(typeof(T)));
        Expression value = Expression.Property(row, property.PropertyInfo!);
        var isNull = !value.Type.IsValueType || Nullable.GetUnderlyingType(value.Type) is not null ? Expression.Equal(value, Expression.Constant(null, value.Type)) : null;
        if (Nullable.GetUnderlyingType(value.Type) is not null) value = Expression.Property(value, "Value");
        if (property.GetTypeMapping().Converter?.ConvertToProviderExpression is { } convert) value = Expression.Invoke(convert, value);
        Expression bind = Expression.Call(statement, nameof(SqliteStatement.Bind), null, place, Expression.Convert(value, Bound(value.Type)));
        if (isNull is not null) bind = Expression.Condition(isNull, Expression.Call(statement, nameof(SqliteStatement.BindNull), null, place), bind);
        return Expression.Lambda<Action<SqliteStatement, int, T>>(bind, statement, place, row).Compile();
    }

    private static Type Bound(Type type) =>
        type == typeof(string) || type == typeof(Guid) || type == typeof(byte[]) ? type
        : type == typeof(double) || type == typeof(float) ? typeof(double)
        : type == typeof(long) || type == typeof(int) || type == typeof(short) || type == typeof(byte) ? typeof(long)
        : throw new NotSupportedException($"Rows with a {type.Name} are not written in bulk on SQLite.");
}
