using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Nexus.Data.Storage.Databases;

/// <summary>A statement that is prepared once and run for many rows. Values are bound as Microsoft.Data.Sqlite would, without its parameters.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private byte[] _utf8 = new byte[1024];

    /// <param name="connection">Open; the statement runs in its transaction.</param>
    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(_database, sql, out _statement), _database);
    }

    public void Bind(int place, long value) => raw.sqlite3_bind_int64(_statement, place, value);

    /// <summary>As SQLite has it, not-a-number is null.</summary>
    public void Bind(int place, double value) => raw.sqlite3_bind_double(_statement, place, value);

    public void Bind(int place, string value)
    {
        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (_utf8.Length < most) _utf8 = new byte[most];
        raw.sqlite3_bind_text(_statement, place, _utf8.AsSpan(0, Encoding.UTF8.GetBytes(value, _utf8)));
    }

    /// <summary>In capitals, with hyphens.</summary>
    public void Bind(int place, Guid value)
    {
        Span<byte> text = stackalloc byte[36];
        value.TryFormat(text, out _);
        foreach (ref var c in text) if (c is >= (byte)'a' and <= (byte)'f') c -= 'a' - 'A';
        raw.sqlite3_bind_text(_statement, place, text);
    }

    /// <summary>Text in UTF-8.</summary>
    public void BindUtf8(int place, ReadOnlySpan<byte> utf8) => raw.sqlite3_bind_text(_statement, place, utf8);

    public void Bind(int place, byte[] value) => raw.sqlite3_bind_blob(_statement, place, value);

    public void BindNull(int place) => raw.sqlite3_bind_null(_statement, place);

    /// <summary>Runs it for the values that are bound.</summary>
    /// <exception cref="SqliteException">The database refuses the row.</exception>
    public void Run()
    {
        var code = raw.sqlite3_step(_statement);
        if (code != raw.SQLITE_DONE) SqliteException.ThrowExceptionForRC(code, _database);
        raw.sqlite3_reset(_statement);
    }

    public void Dispose() => _statement.Dispose();
}
