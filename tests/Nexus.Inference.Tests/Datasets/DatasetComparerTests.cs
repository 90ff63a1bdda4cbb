using System.Diagnostics;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Data.Datasets;
using Nexus.Data.Identity;
using Nexus.Inference.Datasets;
using Nexus.Inference.Monitoring;
using Shouldly;
using Xunit;

namespace Nexus.Inference.Tests.Datasets;

public sealed class DatasetComparerTests : IAsyncLifetime
{
    private static readonly Actor Engineer = new("ada", new HashSet<Role> { Role.Engineer });
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.StartAsync(configure: services =>
    {
        services.AddOptions<MonitoringOptions>();
        services.AddDatasetInference();
    });

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Every_kind_of_change_is_named_and_a_limit_follows_from_the_new_rows()
    {
        var random = new Random(1);
        var old = Lines(random, 0, 6000, "basic,plus", 24, 0.01, "2026-11-21");
        await ImportAsync("id,tariff,months,charge,seen,gone\n" + old);
        // 2,000 rows more: a new tariff, longer contracts, times a day later.
        await ImportAsync("id,tariff,months,charge,seen,came\n" + old + Lines(random, 6000, 2000, "basic,plus,flex", 48, 0.20, "2026-11-22"));

        var comparison = await CompareAsync(2, 1);

        comparison.NewRowsOnly.ShouldBeTrue();
        (comparison.Rows, comparison.RowsBefore, comparison.ComparedRows).ShouldBe((8000, 6000, 2000));
        var changes = comparison.Columns.ToDictionary(c => c.Name);
        changes["tariff"].Kind.ShouldBe(ColumnChangeKind.NewValue);
        changes["tariff"].NewValues!.Single().Value.ShouldBe("flex");
        changes["months"].Kind.ShouldBe(ColumnChangeKind.Drifts);
        changes["months"].Psi!.Value.ShouldBeGreaterThan(changes["months"].Limit!.Value);
        changes["charge"].Kind.ShouldBe(ColumnChangeKind.MissingMore);
        changes["charge"].MissingNow!.Value.ShouldBe(0.2, 0.05);
        changes["seen"].Kind.ShouldBe(ColumnChangeKind.Fresher);
        changes["seen"].Later.ShouldBe(TimeSpan.FromDays(1));
        changes["seen"].Psi.ShouldBeNull();
        (changes["id"].Kind, changes["id"].Psi).ShouldBe((ColumnChangeKind.None, null));
        changes["came"].Kind.ShouldBe(ColumnChangeKind.Added);
        changes["gone"].Kind.ShouldBe(ColumnChangeKind.Removed);
        changes["months"].Shape!.Before.Sum().ShouldBe(6000);
        changes["months"].Shape!.Now.Sum().ShouldBe(8000);
        changes["tariff"].Shape!.Labels.ShouldBe(["basic", "plus", "flex"], ignoreOrder: true);
    }

    [Fact]
    public async Task Dataset_that_is_made_anew_under_its_name_is_compared_anew_and_equal_content_is_compared_once()
    {
        await ImportAsync("x\n1\n2\n3\n");
        await ImportAsync("x\n1\n2\n3\n4\n");
        (await CompareAsync(2, 1)).Rows.ShouldBe(4);
        await using (var db = _database.Open())
        {
            await db.LineageEdges.ExecuteDeleteAsync();
            await db.DatasetVersions.ExecuteDeleteAsync();
            await db.Datasets.ExecuteDeleteAsync();
        }

        await ImportAsync("x\n1\n2\n");
        await ImportAsync("x,y\n1,2\n2,3\n");

        var anew = await CompareAsync(2, 1);

        (anew.Rows, anew.RowsBefore, anew.Columns.Count).ShouldBe((2, 2, 2));
        (await CompareAsync(1, 2)).ShouldSatisfyAllConditions(c => c.Version.ShouldBe(1), c => c.Against.ShouldBe(2));
    }

    [Fact]
    public async Task Whole_numbers_that_spread_are_compared_though_every_row_has_its_own_and_numbers_without_gaps_are_not()
    {
        static string Rows(int from, int most) => "number,amount\n" + string.Concat(Enumerable.Range(from, 2000).Select(i => $"{i},{(long)i * 7919 % most}\n"));
        await ImportAsync(Rows(1, 300_007), "loans");
        await ImportAsync(Rows(5001, 500_009), "loans");

        var changes = (await CompareAsync(2, 1, "loans")).Columns.ToDictionary(c => c.Name);

        changes["amount"].Kind.ShouldBe(ColumnChangeKind.Drifts);
        (changes["number"].Kind, changes["number"].Psi).ShouldBe((ColumnChangeKind.None, null));
    }

    [Fact]
    public async Task The_same_rows_and_a_few_more_show_no_drift()
    {
        var random = new Random(2);
        var old = Lines(random, 0, 3000, "a,b,c", 24, 0.05, "2026-11-21");
        await ImportAsync("id,tariff,months,charge,seen,x\n" + old);
        await ImportAsync("id,tariff,months,charge,seen,x\n" + old + Lines(random, 3000, 5, "a,b,c", 24, 0, "2026-11-21"));
        await ImportAsync("id,tariff,months,charge,seen,x\n" + old + Lines(random, 3005, 1000, "a,b,c", 24, 0.05, "2026-11-21"));

        var few = await CompareAsync(2, 1);
        var more = await CompareAsync(3, 1);
        var back = await CompareAsync(1, 3);

        few.ComparedRows.ShouldBe(5);
        few.Columns.Where(c => c.Name is "tariff" or "months" or "charge").Select(c => c.Kind).ShouldAllBe(kind => kind == ColumnChangeKind.NotEnoughRows);
        more.Columns.Where(c => c.Name is "tariff" or "months" or "charge").Select(c => c.Kind).ShouldAllBe(kind => kind == ColumnChangeKind.None);
        back.Columns.Where(c => c.Name is "tariff" or "months" or "charge").Select(c => c.Kind).ShouldAllBe(kind => kind == ColumnChangeKind.None);
        (back.NewRowsOnly, back.ComparedRows).ShouldBe((true, 0));
    }

    [Fact]
    public async Task Rows_that_repeat_by_chance_are_compared_whole()
    {
        var random = new Random(3);
        string Flags(int rows) => "flag\n" + string.Concat(Enumerable.Range(0, rows).Select(_ => random.Next(4) == 0 ? "true\n" : "false\n"));
        await ImportAsync(Flags(4000));
        await ImportAsync(Flags(4100));

        var comparison = await CompareAsync(2, 1);

        (comparison.NewRowsOnly, comparison.ComparedRows).ShouldBe((false, 4100));
        comparison.Columns.Single().Kind.ShouldBe(ColumnChangeKind.None);
    }

    [Fact]
    public async Task Without_drift_one_column_in_hundreds_is_called_drifting()
    {
        // 40 columns × 5 pairs of versions drawn from one distribution: at a false discovery rate of 1 % hardly one alarm.
        var random = new Random(4);
        var alarms = 0;
        for (var pair = 0; pair < 5; pair++)
        {
            string Table() => string.Join(',', Enumerable.Range(0, 40).Select(c => $"c{c}")) + "\n"
                + string.Concat(Enumerable.Range(0, 600).Select(_ => string.Join(',', Enumerable.Range(0, 40).Select(c => c % 2 == 0 ? $"{random.NextDouble():R}" : $"k{random.Next(5)}")) + "\n"));
            await ImportAsync(Table(), $"null-{pair}");
            await ImportAsync(Table(), $"null-{pair}");
            alarms += (await CompareAsync(2, 1, $"null-{pair}")).Columns.Count(c => c.Kind != ColumnChangeKind.None);
        }

        alarms.ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    public async Task No_rows_an_empty_column_one_value_and_names_of_any_kind_are_compared()
    {
        await ImportAsync("\"we \"\"said\"\"\",empty,one,<b>ü</b>\na,,1,x\n");
        await ImportAsync("\"we \"\"said\"\"\",empty,one,<b>ü</b>\n");
        await ImportAsync("\"we \"\"said\"\"\",empty,one,<b>ü</b>\n" + string.Concat(Enumerable.Range(0, 400).Select(i => $"v{i},,1,x\n")));
        await ImportAsync("\"we \"\"said\"\"\",empty,one,<b>ü</b>\n" + string.Concat(Enumerable.Range(0, 400).Select(i => $"w{i},,2,x\n")));

        (await CompareAsync(2, 1)).Columns.Count.ShouldBe(4);
        (await CompareAsync(3, 2)).Columns.Count.ShouldBe(4);
        (await CompareAsync(4, 3)).Columns.Single(c => c.Name == "one").Kind.ShouldBe(ColumnChangeKind.Drifts);
        (await CompareAsync(4, 3)).Columns.Single(c => c.Name == "empty").Kind.ShouldBe(ColumnChangeKind.None);
    }

    [Fact]
    [Trait("Length", "Long")]
    public async Task A_million_rows_of_twenty_columns_are_compared_and_correlated_in_seconds()
    {
        await ImportAsync(await MillionAsync(1_000_000), "big");
        await ImportAsync(await MillionAsync(1_010_000), "big");

        var clock = Stopwatch.StartNew();
        var comparison = await CompareAsync(2, 1, "big");
        var compared = clock.Elapsed;
        clock.Restart();
        var report = await _database.Get<CorrelationService>().OfAsync(new("big", 2), default);

        TestContext.Current.SendDiagnosticMessage($"compared in {compared.TotalSeconds:0.0} s, correlated in {clock.Elapsed.TotalSeconds:0.0} s");
        (comparison.NewRowsOnly, comparison.ComparedRows).ShouldBe((true, 10_000));
        compared.ShouldBeLessThan(TimeSpan.FromSeconds(30));
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(15));
        report.SampledRows.ShouldBeInRange(9_000, 11_000);
        report.Pairs.Single(p => p.First == "id" && p.Second == "twice").Pearson!.Value.ShouldBe(1, 1e-9);
        report.Pairs[0].Strength.ShouldBe(1, 1e-9);
    }

    [Fact]
    public async Task Two_hundred_columns_are_correlated_in_bounded_time_and_always_alike()
    {
        var random = new Random(6);
        var text = new StringBuilder().AppendJoin(',', Enumerable.Range(0, 210).Select(c => $"c{c}")).Append('\n');
        for (var row = 0; row < 1500; row++) text.AppendJoin(',', Enumerable.Range(0, 210).Select(c => c % 10 == 0 ? $"k{random.Next(6)}" : random.Next(20) == 0 ? "" : $"{random.NextDouble():0.###}")).Append('\n');
        await ImportAsync(text.ToString(), "wide");

        var clock = Stopwatch.StartNew();
        var report = await _database.Get<CorrelationService>().OfAsync(new("wide"), default);

        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
        (report.Columns.Count, report.LeftOut.Count, report.SampledRows).ShouldBe((200, 10, 1500));
        report.Pairs.Count.ShouldBe(200 * 199 / 2);
        report.Pairs.ShouldAllBe(p => p.Strength >= 0 && p.Strength < 0.35);
    }

    private static string Lines(Random random, int from, int rows, string tariffs, int months, double missing, string last)
    {
        var kinds = tariffs.Split(',');
        var text = new StringBuilder();
        for (var i = from; i < from + rows; i++)
        {
            var charge = random.NextDouble() < missing ? "" : $"{10 + (100 * random.NextDouble()):0.00}";
            text.Append($"{i},{kinds[random.Next(kinds.Length)]},{random.Next(months)},{charge},{(i == from ? last : "2026-01-01")},{i % 7}\n");
        }

        return text.ToString();
    }

    private async Task<byte[]> MillionAsync(int rows)
    {
        var path = Path.Combine(_database.Directory, $"{Guid.NewGuid():N}.parquet");
        var more = string.Join(", ", Enumerable.Range(0, 16).Select(c => c % 4 == 0 ? $"'k' || (hash(i, {c}) % 30) AS t{c}" : $"(hash(i, {c}) % 100000) / 7.0 AS n{c}"));
        using (var connection = _database.Get<TableEngine>().Open())
            await TableEngine.ExecuteAsync(connection, $"COPY (SELECT i AS id, 2 * i AS twice, TIMESTAMP '2020-01-01' + INTERVAL (i) SECOND AS at, i % 2 = 0 AS even, {more} FROM range({rows}) r(i)) TO {TableEngine.Literal(path)} (FORMAT parquet)", default);
        var bytes = await File.ReadAllBytesAsync(path);
        File.Delete(path);
        return bytes;
    }

    private Task ImportAsync(string csv, string name = "customers") => ImportAsync(Encoding.UTF8.GetBytes(csv), name, ImportFormats.Csv);

    private async Task ImportAsync(byte[] bytes, string name, string format = ImportFormats.Parquet) =>
        await _database.Get<DatasetService>().ImportAsync(name, new MemoryStream(bytes), format, "file", null, Engineer, default);

    private Task<DatasetComparison> CompareAsync(int version, int against, string name = "customers") =>
        _database.Get<DatasetComparer>().CompareAsync(new(name, version), against, default);
}
