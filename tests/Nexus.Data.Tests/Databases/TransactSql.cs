using System.Collections.Concurrent;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Nexus.Data.Tests.Databases;

/// <summary>SQL Server's own grammar, with no server.</summary>
internal static class TransactSql
{
    private static readonly ConcurrentDictionary<string, IReadOnlyList<string>> Parsed = new(StringComparer.Ordinal);

    /// <summary>What is wrong with it, line by line; nothing where it is Transact-SQL of SQL Server 2019.</summary>
    public static IReadOnlyList<string> Errors(string sql) => Parsed.GetOrAdd(sql, text =>
    {
        new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader(text), out var errors);
        return [.. errors.Select(e => $"line {e.Line}: {e.Message}")];
    });
}
