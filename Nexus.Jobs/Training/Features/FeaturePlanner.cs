using System.Globalization;
using Nexus.Data;
using Nexus.Data.Datasets;

namespace Nexus.Jobs.Training.Features;

/// <summary>Fits a plan on the training split, and on nothing else.</summary>
internal sealed class FeaturePlanner(TransformOptions options, Action<string> log)
{
    public FeaturePlan Plan(
        RawTable train, IReadOnlyList<DatasetColumn> features, string task, IReadOnlyList<string> classes, string? positive) =>
        new(options.Label, task, classes, positive, [.. features.Select(f => Column(f, train.Columns[f.Name]))]);

    private ColumnPlan Column(DatasetColumn column, RawColumn raw)
    {
        var plan = new ColumnPlan(column.Name, column.Type, RoleOf(column, raw));
        return plan.Role switch
        {
            ColumnRole.Numeric => plan with { Number = Number(raw.Numbers!, column.Name) },
            ColumnRole.Date => plan with { Parts = [.. options.Dates.Parts.Select(p => Part(p, raw.Times!, column.Name))] },
            ColumnRole.Categorical => plan with { Category = Category(raw, column) },
            _ => plan with { Text = Text(raw.Texts!, column.Name) },
        };
    }

    private ColumnRole RoleOf(DatasetColumn column, RawColumn raw)
    {
        var role = options.Roles?.GetValueOrDefault(column.Name) is { } wanted ? Enum.Parse<ColumnRole>(wanted, ignoreCase: true) : ByType();
        var takes = raw.Numbers is not null ? new[] { ColumnRole.Numeric, ColumnRole.Categorical }
            : raw.Times is not null ? [ColumnRole.Date]
            : [ColumnRole.Categorical, ColumnRole.Text];
        return takes.Contains(role)
            ? role
            : throw Refused.Invalid($"roles.{column.Name}", $"A column of type {column.Type} cannot be {role.ToString().ToLowerInvariant()}; type it otherwise in the dataset.");

        ColumnRole ByType() => raw.Numbers is not null ? ColumnRole.Numeric
            : raw.Times is not null ? ColumnRole.Date
            : IsProse(raw.Texts!) ? ColumnRole.Text : ColumnRole.Categorical;
    }

    // Three words on average and more values than a category may have: sentences rather than names.
    private bool IsProse(string[] texts)
    {
        var present = texts.Where(t => t.Length > 0).Take(10_000).ToList();
        return present.Count > 0
            && present.Distinct(StringComparer.Ordinal).Skip(options.Categorical.MaxCategories).Any()
            && present.Average(t => Words.Of(t).Count) >= 3;
    }

    private DatePartPlan Part(string part, long[] times, string column) =>
        new(part, Number([.. times.Select(t => t == Inference.Onnx.OnnxConventions.MissingTime ? float.NaN : DateParts.Of(part, t))], column));

    private NumberPlan Number(float[] values, string column)
    {
        var present = values.Where(v => !float.IsNaN(v)).ToArray();
        if (present.Length == 0) log($"'{column}' is missing in every training row; it counts as 0.");
        var impute = Impute(present);
        if (options.Numeric.Scale == "none") return new(impute, 0, 1);
        double[] filled = [.. values.Select(v => float.IsNaN(v) ? impute : v).Where(v => v is not null).Select(v => (double)v!)];
        if (filled.Length == 0) return new(impute, 0, 1);
        var (offset, spread) = options.Numeric.Scale == "minmax" ? (filled.Min(), filled.Max() - filled.Min()) : Spread(filled);
        return new(impute, (float)offset, spread > 0 && float.IsFinite((float)(1 / spread)) ? (float)(1 / spread) : 1);
    }

    private float? Impute(float[] present) => options.Numeric.Impute switch
    {
        "none" => null,
        "constant" => options.Numeric.Constant,
        _ when present.Length == 0 => 0,
        "mean" => (float)present.Average(v => (double)v),
        _ => Median(present),
    };

    private static float Median(float[] present)
    {
        Array.Sort(present);
        var middle = present.Length / 2;
        return present.Length % 2 == 1 ? present[middle] : (float)(((double)present[middle - 1] + present[middle]) / 2);
    }

    private static (double Mean, double Deviation) Spread(double[] values)
    {
        var mean = values.Average();
        return (mean, Math.Sqrt(values.Average(v => (v - mean) * (v - mean))));
    }

    private CategoryPlan Category(RawColumn raw, DatasetColumn column)
    {
        var encode = options.Categorical.Encode;
        if (encode == "hashing" && raw.Numbers is null) return new(encode, [], options.Categorical.Buckets);
        var texts = raw.Texts ?? raw.Numbers!.Where(n => !float.IsNaN(n)).Select(n => n.ToString("R", CultureInfo.InvariantCulture));
        var values = texts.Where(t => t.Length > 0).CountBy(t => t, StringComparer.Ordinal)
            .OrderByDescending(v => v.Value).ThenBy(v => v.Key, StringComparer.Ordinal).Select(v => v.Key).ToList();
        if (values.Count > options.Categorical.MaxCategories)
            log($"'{column.Name}' has {values.Count:N0} values; the {options.Categorical.MaxCategories} most frequent count, the others as unknown.");
        return new(encode == "hashing" ? "onehot" : encode, [.. values.Take(options.Categorical.MaxCategories)], 0);
    }

    private TextPlan Text(string[] texts, string column)
    {
        var (low, high) = (options.Text.Ngrams[0], options.Text.Ngrams[1]);
        if (options.Text.Encode == "hashing") return new("hashing", low, high, [], [], options.Text.Buckets);
        var rowsWith = new Dictionary<string, int>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            var words = Words.Of(text);
            seen.Clear();
            for (var length = low; length <= high; length++) seen.UnionWith(Words.Grams(words, length));
            foreach (var term in seen) rowsWith[term] = rowsWith.GetValueOrDefault(term) + 1;
        }

        var kept = rowsWith.OrderByDescending(t => t.Value).ThenBy(t => t.Key, StringComparer.Ordinal).Take(options.Text.MaxTerms)
            .OrderBy(t => t.Key.Count(c => c == ' ')).ThenBy(t => t.Key, StringComparer.Ordinal).ToList();
        log($"'{column}': {kept.Count:N0} of {rowsWith.Count:N0} terms.");
        return new("tfidf", low, high, [.. kept.Select(t => t.Key)],
            [.. kept.Select(t => (float)(Math.Log((1.0 + texts.Length) / (1.0 + t.Value)) + 1))], 0);
    }
}
