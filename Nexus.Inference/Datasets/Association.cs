namespace Nexus.Inference.Datasets;

/// <summary>How strongly two columns hang together. Rows where either is missing are left out; NaN where nothing can be said.</summary>
public static class Association
{
    /// <summary>Pearson's r over the rows where neither is NaN, −1…1.</summary>
    public static double Pearson(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double meanX = 0, meanY = 0, xx = 0, yy = 0, xy = 0;
        long n = 0;
        for (var i = 0; i < x.Length; i++)
        {
            if (double.IsNaN(x[i]) || double.IsNaN(y[i])) continue;
            n++;
            // Welford: no sum of squares that cancels.
            var (dx, dy) = (x[i] - meanX, y[i] - meanY);
            meanX += dx / n;
            meanY += dy / n;
            xx += dx * (x[i] - meanX);
            yy += dy * (y[i] - meanY);
            xy += dx * (y[i] - meanY);
        }

        return n < 2 || xx <= 0 || yy <= 0 ? double.NaN : Math.Clamp(xy / Math.Sqrt(xx) / Math.Sqrt(yy), -1, 1);
    }

    /// <summary>Spearman's ρ: Pearson's r of the ranks among the rows where neither is NaN; equal values share their mean rank.</summary>
    /// <param name="orderX">The rows of <paramref name="x"/> that are not NaN, by value; see <see cref="Order"/>.</param>
    /// <param name="orderY">The same of <paramref name="y"/>.</param>
    public static double Spearman(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<int> orderX, ReadOnlySpan<int> orderY) =>
        Pearson(Ranks(x, y, orderX), Ranks(y, x, orderY));

    public static double Spearman(ReadOnlySpan<double> x, ReadOnlySpan<double> y) => Spearman(x, y, Order(x), Order(y));

    /// <summary>The places of the values that are not NaN, by value.</summary>
    public static int[] Order(ReadOnlySpan<double> x)
    {
        var present = new List<int>(x.Length);
        for (var i = 0; i < x.Length; i++)
        {
            if (!double.IsNaN(x[i])) present.Add(i);
        }

        int[] order = [.. present];
        var keys = new double[order.Length];
        for (var i = 0; i < order.Length; i++) keys[i] = x[order[i]];
        Array.Sort(keys, order);
        return order;
    }

    /// <summary>
    /// Cramér's V with the bias taken out (Bergsma, A bias-correction for Cramér's V and Tschuprow's T, 2013): without a
    /// relation it is about 0 however many categories there are. 0…1.
    /// </summary>
    /// <param name="x">The category of each row, from 0; −1 where missing.</param>
    /// <param name="y">As <paramref name="x"/>.</param>
    public static double CramersV(ReadOnlySpan<int> x, ReadOnlySpan<int> y)
    {
        var (rows, columns) = (Most(x) + 1, Most(y) + 1);
        if (rows < 1 || columns < 1) return double.NaN;
        var table = new long[rows, columns];
        var (ofRow, ofColumn, n) = (new long[rows], new long[columns], 0L);
        for (var i = 0; i < x.Length; i++)
        {
            if (x[i] < 0 || y[i] < 0) continue;
            table[x[i], y[i]]++;
            ofRow[x[i]]++;
            ofColumn[y[i]]++;
            n++;
        }

        var r = ofRow.Count(c => c > 0);
        var k = ofColumn.Count(c => c > 0);
        if (r < 2 || k < 2 || n < 2) return double.NaN;
        var sum = 0.0;
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                if (table[i, j] > 0) sum += (double)table[i, j] * table[i, j] / ofRow[i] / ofColumn[j];
            }
        }

        return Corrected(sum - 1, r, k, n);
    }

    /// <summary>
    /// The correlation ratio η: the root of the share of a number's variance that lies between the categories (Pearson, Fisher). 0…1.
    /// </summary>
    public static double CorrelationRatio(ReadOnlySpan<int> category, ReadOnlySpan<double> value)
    {
        var groups = Most(category) + 1;
        if (groups < 1) return double.NaN;
        var (sums, counts, total, n) = (new double[groups], new long[groups], 0.0, 0L);
        for (var i = 0; i < value.Length; i++)
        {
            if (category[i] < 0 || double.IsNaN(value[i])) continue;
            sums[category[i]] += value[i];
            counts[category[i]]++;
            total += value[i];
            n++;
        }

        if (n < 2 || counts.Count(c => c > 0) < 2) return double.NaN;
        var mean = total / n;
        var (between, all) = (0.0, 0.0);
        for (var g = 0; g < groups; g++)
        {
            if (counts[g] > 0) between += counts[g] * ((sums[g] / counts[g]) - mean) * ((sums[g] / counts[g]) - mean);
        }

        for (var i = 0; i < value.Length; i++)
        {
            if (category[i] >= 0 && !double.IsNaN(value[i])) all += (value[i] - mean) * (value[i] - mean);
        }

        return all <= 0 ? double.NaN : Math.Sqrt(Math.Clamp(between / all, 0, 1));
    }

    private static double Corrected(double phiSquared, int r, int k, long n)
    {
        var phi = Math.Max(0, phiSquared - ((r - 1.0) * (k - 1) / (n - 1)));
        var (rows, columns) = (r - ((r - 1.0) * (r - 1) / (n - 1)), k - ((k - 1.0) * (k - 1) / (n - 1)));
        var least = Math.Min(rows, columns) - 1;
        return least <= 0 ? double.NaN : Math.Min(1, Math.Sqrt(phi / least));
    }

    private static double[] Ranks(ReadOnlySpan<double> x, ReadOnlySpan<double> other, ReadOnlySpan<int> order)
    {
        var ranks = new double[x.Length];
        Array.Fill(ranks, double.NaN);
        var (seen, at) = (0, 0);
        while (at < order.Length)
        {
            var (end, equal) = (at, 0);
            for (; end < order.Length && x[order[end]].Equals(x[order[at]]); end++)
            {
                if (!double.IsNaN(other[order[end]])) equal++;
            }

            for (var i = at; i < end; i++)
            {
                if (!double.IsNaN(other[order[i]])) ranks[order[i]] = seen + ((equal + 1) / 2.0);
            }

            seen += equal;
            at = end;
        }

        return ranks;
    }

    private static int Most(ReadOnlySpan<int> codes)
    {
        var most = -1;
        foreach (var code in codes) most = Math.Max(most, code);
        return most;
    }
}
