using System.Globalization;
using Nexus.Data;
using Nexus.Inference.Onnx;

namespace Nexus.Jobs.Training.Features;

/// <summary>
/// Applies a plan to raw columns: what trainers learn from. <see cref="FeatureGraph"/> is the same calculation as ONNX, and each
/// export is held to it row by row.
/// </summary>
/// <param name="scaled">False for trees, which scaling does not change: it is left out of training and export alike.</param>
internal sealed class FeatureEncoder(FeaturePlan plan, bool scaled)
{
    public FeatureMatrix Encode(RawTable table, CancellationToken ct)
    {
        var encoders = Encoders(table).ToArray();
        var starts = new int[table.Rows + 1];
        var (indices, values) = (new List<int>(table.Rows * 8), new List<float>(table.Rows * 8));
        for (var row = 0; row < table.Rows; row++)
        {
            if ((row & 0x3FF) == 0) ct.ThrowIfCancellationRequested();
            foreach (var encode in encoders) encode(row, Set);
            starts[row + 1] = indices.Count;
        }

        return new(plan.Width, starts, [.. indices], [.. values]);

        void Set(int index, float value)
        {
            if (value == 0) return;
            if (indices.Count == Array.MaxLength) throw Refused.Invalid("The encoded rows are too many to train on; leave out columns or lower text.maxTerms.");
            indices.Add(index);
            values.Add(value);
        }
    }

    private IEnumerable<Action<int, Action<int, float>>> Encoders(RawTable table)
    {
        var at = 0;
        foreach (var role in new[] { ColumnRole.Numeric, ColumnRole.Date, ColumnRole.Categorical, ColumnRole.Text })
        {
            foreach (var column in plan.Of(role))
            {
                var (raw, offset) = (table.Columns[column.Name], at);
                yield return role switch
                {
                    ColumnRole.Numeric => (row, set) => set(offset, column.Number!.Apply(raw.Numbers![row], scaled)),
                    ColumnRole.Date => (row, set) => Date(column.Parts!, raw.Times![row], offset, set),
                    ColumnRole.Categorical => Category(column.Category!, raw, offset),
                    _ => Text(column.Text!, raw.Texts!, offset),
                };
                at += column.Width;
            }
        }
    }

    private void Date(IReadOnlyList<DatePartPlan> parts, long time, int offset, Action<int, float> set)
    {
        for (var p = 0; p < parts.Count; p++)
        {
            var value = time == OnnxConventions.MissingTime ? float.NaN : DateParts.Of(parts[p].Part, time);
            set(offset + p, parts[p].Number.Apply(value, scaled));
        }
    }

    private static Action<int, Action<int, float>> Category(CategoryPlan plan, RawColumn raw, int offset)
    {
        Func<int, int> place = plan.Encode == "hashing" ? Bucket(plan.Buckets, raw.Texts!) : Place(plan.Values, raw);
        if (plan.Encode == "ordinal") return (row, set) => set(offset, place(row));
        return (row, set) =>
        {
            var found = place(row);
            if (found >= 0) set(offset + found, 1);
        };
    }

    private static Func<int, int> Bucket(int buckets, string[] texts) =>
        row => texts[row].Length == 0 ? -1 : (int)(Murmur3.Hash(texts[row]) % (uint)buckets);

    private static Func<int, int> Place(IReadOnlyList<string> values, RawColumn raw)
    {
        if (raw.Numbers is not { } numbers)
        {
            var places = values.Index().ToDictionary(v => v.Item, v => v.Index, StringComparer.Ordinal);
            return row => places.GetValueOrDefault(raw.Texts![row], -1);
        }

        var known = values.Index().ToDictionary(v => float.Parse(v.Item, CultureInfo.InvariantCulture), v => v.Index);
        return row => known.GetValueOrDefault(numbers[row], -1);
    }

    private static Action<int, Action<int, float>> Text(TextPlan plan, string[] texts, int offset)
    {
        var terms = plan.Terms.Index().ToDictionary(t => t.Item, t => t.Index, StringComparer.Ordinal);
        return (row, set) =>
        {
            var words = Words.Of(texts[row]);
            var counts = plan.Encode == "hashing" ? TextBuckets.Count(words, plan) : Count(words, plan, terms);
            var weighted = counts.Select(c => (c.Key, Value: plan.Encode == "hashing" ? c.Value : (1f + MathF.Log(c.Value)) * plan.Idf[c.Key])).ToArray();
            var norm = MathF.Max(MathF.Sqrt(weighted.Sum(w => w.Value * w.Value)), 1e-12f);
            foreach (var (index, value) in weighted) set(offset + index, value / norm);
        };
    }

    private static SortedDictionary<int, int> Count(List<string> words, TextPlan plan, Dictionary<string, int> terms)
    {
        var counts = new SortedDictionary<int, int>();
        for (var length = plan.MinGram; length <= plan.MaxGram; length++)
        {
            foreach (var gram in Words.Grams(words, length))
                if (terms.TryGetValue(gram, out var term)) counts[term] = counts.GetValueOrDefault(term) + 1;
        }

        return counts;
    }
}
