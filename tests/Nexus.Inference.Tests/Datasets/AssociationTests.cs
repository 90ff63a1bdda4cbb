using Nexus.Inference.Datasets;
using Shouldly;
using Xunit;

namespace Nexus.Inference.Tests.Datasets;

public sealed class AssociationTests
{
    private const double Nan = double.NaN;

    /// <summary>The example of SciPy's documentation of <c>scipy.stats.pearsonr</c>.</summary>
    [Fact]
    public void Pearson_is_scipys() =>
        Association.Pearson([1, 2, 3, 4, 5, 6, 7], [10, 9, 2.5, 6, 4, 3, 2]).ShouldBe(-0.828503883588428, 1e-14);

    /// <summary>The example of SciPy's documentation of <c>scipy.stats.spearmanr</c>, with a tie.</summary>
    [Fact]
    public void Spearman_is_scipys() =>
        Association.Spearman([1, 2, 3, 4, 5], [5, 6, 7, 8, 7]).ShouldBe(0.8207826816681233, 1e-14);

    [Fact]
    public void Rows_where_either_is_missing_are_left_out_and_ranked_anew()
    {
        double[] x = [1, Nan, 2, 100, 3, 4, 5], y = [5, 1, 6, Nan, 7, 8, 7];

        Association.Spearman(x, y).ShouldBe(0.8207826816681233, 1e-14);
        Association.Pearson(x, y).ShouldBe(Association.Pearson([1, 2, 3, 4, 5], [5, 6, 7, 8, 7]), 1e-14);
    }

    [Fact]
    public void Spearman_of_a_bent_relation_is_one_where_pearson_is_less()
    {
        double[] x = [.. Enumerable.Range(1, 50).Select(i => (double)i)];
        double[] y = [.. x.Select(v => Math.Exp(v / 5))];

        Association.Spearman(x, y).ShouldBe(1, 1e-12);
        Association.Pearson(x, y).ShouldBeLessThan(0.8);
    }

    /// <summary>
    /// The table of SciPy's documentation of <c>scipy.stats.contingency.association</c>, whose uncorrected V is 0.18617813077483678; corrected
    /// by equations (5) to (7) of Bergsma (2013) evaluated in Python: φ² = 0.0346623…, r = 4, k = 2, n = 2,425.
    /// </summary>
    [Fact]
    public void Cramers_v_is_that_of_bergsmas_correction()
    {
        long[,] table = { { 100, 150 }, { 203, 322 }, { 420, 700 }, { 320, 210 } };
        var (x, y) = (new List<int>(), new List<int>());
        for (var i = 0; i < 4; i++)
        {
            for (var j = 0; j < 2; j++)
            {
                x.AddRange(Enumerable.Repeat(i, (int)table[i, j]));
                y.AddRange(Enumerable.Repeat(j, (int)table[i, j]));
            }
        }

        Association.CramersV([.. x, -1, 2], [.. y, 0, -1]).ShouldBe(0.1828618805648087, 1e-12);
    }

    [Fact]
    public void Cramers_v_of_unrelated_columns_of_many_categories_is_about_nothing()
    {
        var random = new Random(5);
        int[] x = [.. Enumerable.Range(0, 1000).Select(_ => random.Next(20))], y = [.. Enumerable.Range(0, 1000).Select(_ => random.Next(20))];

        Association.CramersV(x, y).ShouldBeLessThan(0.06);
        Association.CramersV(x, x).ShouldBe(1, 1e-9);
    }

    /// <summary>Wikipedia, Correlation ratio: marks in algebra, geometry and statistics; η² = 6780/9640.</summary>
    [Fact]
    public void Correlation_ratio_is_that_of_the_marks_example() =>
        Association.CorrelationRatio(
            [0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, -1, 1],
            [45, 70, 29, 15, 21, 40, 20, 30, 42, 65, 95, 80, 70, 85, 73, 1000, Nan]).ShouldBe(Math.Sqrt(6780.0 / 9640), 1e-12);

    [Fact]
    public void Nothing_can_be_said_of_one_value_or_of_no_rows()
    {
        Association.Pearson([1, 1, 1], [1, 2, 3]).ShouldBe(Nan);
        Association.Pearson([], []).ShouldBe(Nan);
        Association.Spearman([Nan, Nan], [1, 2]).ShouldBe(Nan);
        Association.CramersV([0, 0], [0, 1]).ShouldBe(Nan);
        Association.CramersV([], []).ShouldBe(Nan);
        Association.CorrelationRatio([0, 0], [1, 2]).ShouldBe(Nan);
        Association.CorrelationRatio([0, 1], [3, 3]).ShouldBe(Nan);
    }

    [Fact]
    public void Pearson_holds_far_from_zero()
    {
        double[] x = [.. Enumerable.Range(0, 100).Select(i => 1e9 + i)], y = [.. Enumerable.Range(0, 100).Select(i => 1e9 + (2 * i))];

        Association.Pearson(x, y).ShouldBe(1, 1e-9);
    }
}
