using Nexus.Data.Datasets.Rows;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Datasets.Rows;

public sealed class RowReaderTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.StartAsync();
        await _database.ImportAsync("d", "n,t,when,flag,-n\n3,b,2026-01-01,true,1\n,a,2026-01-02,false,2\n1,,2026-01-03,true,3\n3,B<i>,2026-01-04,,4\n2,b,2026-01-05,true,5\n,c,2026-01-06,false,6\n");
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData(null, "1 2 3 4 5 6")]
    [InlineData("n", "3 5 1 4 2 6")]
    [InlineData("-t", "6 1 5 2 4 3")]
    [InlineData("when", "1 2 3 4 5 6")]
    [InlineData("-when", "6 5 4 3 2 1")]
    [InlineData("-n", "1 2 3 4 5 6")] // a column of that name
    public async Task Pages_of_any_size_are_the_whole_in_order_with_missing_values_last(string? sort, string expected)
    {
        foreach (var size in new[] { 1, 2, 4, 100 })
        {
            var numbers = new List<long>();
            string? token = null;
            do
            {
                var page = await _database.Get<RowReader>().ReadAsync(new("d"), sort, null, new(size, token), default);
                numbers.AddRange(page.Items.Select(r => r.Number));
                token = page.NextPageToken;
            }
            while (token is not null);
            string.Join(' ', numbers).ShouldBe(expected, $"pages of {size}");
        }
    }

    [Theory]
    [InlineData("t", RowOperator.Contains, "b", "1 4 5")]
    [InlineData("n", RowOperator.Contains, "3", "1 4")]
    [InlineData("t", RowOperator.Equals, "b", "1 5")]
    [InlineData("n", RowOperator.Equals, "3.0", "1 4")]
    [InlineData("n", RowOperator.AtLeast, "2", "1 4 5")]
    [InlineData("n", RowOperator.AtMost, "2.5", "3 5")]
    [InlineData("when", RowOperator.AtLeast, "2026-01-05", "5 6")]
    [InlineData("flag", RowOperator.Equals, "False", "2 6")]
    [InlineData("flag", RowOperator.Missing, "", "4")]
    [InlineData("t", RowOperator.Present, "", "1 2 4 5 6")]
    [InlineData("t", RowOperator.Contains, "' OR 1=1 --", "")]
    public async Task A_filter_leaves_the_rows_that_meet_it(string column, RowOperator how, string value, string expected) =>
        string.Join(' ', (await _database.Get<RowReader>().ReadAsync(new("d"), null, new(column, how, value), new(), default)).Items.Select(r => r.Number)).ShouldBe(expected);

    [Theory]
    [InlineData(RowOperator.Equals, "9007199254740993", "2")]
    [InlineData(RowOperator.AtLeast, "9007199254740993", "2 3")]
    [InlineData(RowOperator.AtMost, "9007199254740992", "1")]
    [InlineData(RowOperator.AtMost, "99999999999999999999", "1 2 3")]
    public async Task Large_whole_numbers_are_told_from_their_neighbours(RowOperator how, string value, string expected)
    {
        await _database.ImportAsync("large", "n\n9007199254740992\n9007199254740993\n9007199254740994\n");

        string.Join(' ', (await _database.Get<RowReader>().ReadAsync(new("large"), null, new("n", how, value), new(), default)).Items.Select(r => r.Number)).ShouldBe(expected);
    }

    [Fact]
    public async Task Filter_and_sort_go_together_and_cells_are_as_in_a_preview()
    {
        var page = await _database.Get<RowReader>().ReadAsync(new("d"), "-n", new("t", RowOperator.Contains, "b"), new(1), default);

        page.Items.Single().Cells.ShouldBe([3L, "b", "2026-01-01", true, 1L]);
        page.NextPageToken.ShouldNotBeNull();
    }

    [Fact]
    public async Task What_is_not_there_or_does_not_fit_is_refused()
    {
        var rows = _database.Get<RowReader>();
        (await Should.ThrowAsync<RefusedException>(() => rows.ReadAsync(new("d"), "x", null, new(), default))).Kind.ShouldBe(RefusalKind.Invalid);
        (await Should.ThrowAsync<RefusedException>(() => rows.ReadAsync(new("d"), null, new("x", RowOperator.Missing, ""), new(), default))).Kind.ShouldBe(RefusalKind.Invalid);
        (await Should.ThrowAsync<RefusedException>(() => rows.ReadAsync(new("d"), null, new("n", RowOperator.AtLeast, "much"), new(), default))).Message.ShouldBe("'much' is no integer, which n is.");
        (await Should.ThrowAsync<RefusedException>(() => rows.ReadAsync(new("d"), null, null, new(10, "*"), default))).Kind.ShouldBe(RefusalKind.Malformed);
        (await Should.ThrowAsync<RefusedException>(() => rows.ReadAsync(new("d", 9), null, null, new(), default))).Kind.ShouldBe(RefusalKind.NotFound);
    }
}
