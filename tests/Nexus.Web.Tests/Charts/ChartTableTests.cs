using Nexus.Web.Charts;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Charts;

public sealed class ChartTableTests
{
    [Fact]
    public void Lines_of_a_column_with_intervals_have_two_more_columns()
    {
        var table = new ChartTable(["run", "auc"], [[ChartCell.Of("#1"), ChartCell.Of(.8, .79, .81)], [ChartCell.Of("#2"), ChartCell.Of(.7)], [ChartCell.Of("#3"), null]]);
        table.Lines().ShouldBe(["run,auc,auc lower,auc upper\r\n", "#1,0.8,0.79,0.81\r\n", "#2,0.7,,\r\n", "#3,,,\r\n"]);
    }

    [Fact]
    public void IsNumeric_tells_numbers_from_texts()
    {
        var table = new ChartTable(["run", "auc"], [[ChartCell.Of("#1"), ChartCell.Of(.8)]]);
        table.IsNumeric(0).ShouldBeFalse();
        table.IsNumeric(1).ShouldBeTrue();
    }
}
