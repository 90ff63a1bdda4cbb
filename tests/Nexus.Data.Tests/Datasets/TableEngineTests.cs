using DuckDB.NET.Data;
using Nexus.Data.Datasets;
using Nexus.Data.Storage.Health;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Datasets;

public sealed class TableEngineTests
{
    [Theory]
    [InlineData("COPY (SELECT range AS a FROM range(1000000)) TO '/dev/full' (FORMAT csv)")]
    [InlineData("COPY (SELECT range AS a FROM range(1000000)) TO '/dev/full' (FORMAT parquet)")]
    [InlineData("SET memory_limit = '20MB'; SET threads = 1; SET max_temp_directory_size = '1MB'; SELECT count(DISTINCT range || 'a long text that does not fit') FROM range(3000000)")]
    public async Task Volume_without_room_is_an_outage(string sql)
    {
        if (!OperatingSystem.IsLinux()) return;
        await using var database = await TestDatabase.StartAsync();
        using var connection = database.Get<TableEngine>().Open();

        var failure = await Should.ThrowAsync<DuckDBException>(() => TableEngine.ExecuteAsync(connection, sql, CancellationToken.None));

        Outage.Of(failure).ShouldBe(Outage.NoRoom, failure.Message);
    }

    [Fact]
    public async Task Missing_file_is_no_outage()
    {
        await using var database = await TestDatabase.StartAsync();
        using var connection = database.Get<TableEngine>().Open();
        var failure = await Should.ThrowAsync<DuckDBException>(() => TableEngine.ExecuteAsync(connection, "SELECT * FROM read_parquet('/nowhere.parquet')", CancellationToken.None));
        Outage.Of(failure).ShouldBeNull();
    }
}
