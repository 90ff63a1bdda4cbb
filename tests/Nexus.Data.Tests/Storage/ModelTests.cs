using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Nexus.Data.Storage.Databases;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Storage;

/// <summary>What the three databases demand of the one model.</summary>
public sealed class ModelTests
{
    [Fact]
    public void Keys_fit_the_indexes_of_SqlServer()
    {
        var tooLong =
            from table in Model("SqlServer").Tables
            from index in Indexes(table)
            let bytes = index.Columns.Sum(Bytes)
            where bytes > (index.Clustered ? 900 : 1700)
            select $"{index.Name}: {bytes} bytes";

        tooLong.ShouldBeEmpty();
    }

    [Fact]
    public void Names_fit_PostgreSql()
    {
        var model = Model("PostgreSql");
        var names = model.Tables.SelectMany(t =>
            t.Columns.Select(c => c.Name).Append(t.Name).Concat(t.Indexes.Select(i => i.Name)).Concat(t.UniqueConstraints.Select(u => u.Name)).Concat(t.ForeignKeyConstraints.Select(f => f.Name))).ToList();

        names.Count.ShouldBeGreaterThan(100);
        names.Where(n => System.Text.Encoding.UTF8.GetByteCount(n) > 63).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("PostgreSql", "C")]
    [InlineData("SqlServer", "Latin1_General_100_BIN2")]
    public void Text_is_compared_as_SQLite_compares_it(string provider, string collation)
    {
        using var db = Open(provider);
        var texts = db.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables.SelectMany(t => t.Columns).Where(c => c.ProviderClrType == typeof(string)).ToList();

        texts.Count.ShouldBeGreaterThan(50);
        texts.Where(c => c.Collation != collation).Select(c => $"{c.Table.Name}.{c.Name}").ShouldBeEmpty();
    }

    /// <summary>SQL Server refuses tables that a deletion would reach in two ways.</summary>
    [Fact]
    public void Deletion_reaches_every_table_in_one_way()
    {
        var cascades = Model("SqlServer").Tables
            .SelectMany(t => t.ForeignKeyConstraints.Where(f => f.OnDeleteAction != ReferentialAction.NoAction && f.OnDeleteAction != ReferentialAction.Restrict))
            .ToLookup(f => f.PrincipalTable.Name, f => f.Table.Name);

        foreach (var root in cascades.Select(c => c.Key))
        {
            var reached = new List<string>();
            Reach(root);
            reached.ShouldBeUnique($"by deletion from {root}");

            void Reach(string table)
            {
                foreach (var next in cascades[table])
                {
                    reached.Count(r => r == next).ShouldBeLessThan(2, $"a circle through {next}");
                    reached.Add(next);
                    Reach(next);
                }
            }
        }
    }

    private static NexusDb Open(string provider)
    {
        var options = new DbContextOptionsBuilder<NexusDb>();
        DatabaseProvider.Find(provider)!.Configure(options, "Data Source=none");
        return new(options.Options);
    }

    private static IRelationalModel Model(string provider)
    {
        using var db = Open(provider);
        return db.GetService<IDesignTimeModel>().Model.GetRelationalModel();
    }

    private static IEnumerable<(string Name, IReadOnlyList<IColumn> Columns, bool Clustered)> Indexes(ITable table)
    {
        foreach (var index in table.Indexes) yield return (index.Name, index.Columns, false);
        foreach (var key in table.UniqueConstraints)
            yield return (key.Name, key.Columns, key.GetIsPrimaryKey() && key.MappedKeys.All(k => k.IsClustered() != false));
    }

    private static int Bytes(IColumn column)
    {
        var type = column.StoreType;
        if (!type.Contains('(', StringComparison.Ordinal)) return 16;
        if (type.EndsWith("(max)", StringComparison.Ordinal)) return int.MaxValue / 64;
        var length = int.Parse(type[(type.IndexOf('(', StringComparison.Ordinal) + 1)..type.IndexOfAny([',', ')'])], System.Globalization.CultureInfo.InvariantCulture);
        return type.StartsWith('n') ? 2 * length : length;
    }
}
