using System.Text;
using Nexus.Inference.Onnx;

namespace Nexus.Inference.Agents;

/// <summary>Finds a model's input by its UTF-8 name; requests mostly name them in order, which is tried first.</summary>
internal sealed class FeatureTable
{
    private readonly byte[][] _names;
    private readonly int[] _slots;
    private readonly int _mask;

    public FeatureTable(IReadOnlyList<TensorPort> inputs)
    {
        _names = [.. inputs.Select(i => i.Utf8Name)];
        _mask = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, _names.Length * 2)) - 1;
        _slots = new int[_mask + 1];
        Array.Fill(_slots, -1);
        for (var i = 0; i < _names.Length; i++)
        {
            var slot = Hash(_names[i]) & _mask;
            while (_slots[slot] >= 0) slot = (slot + 1) & _mask;
            _slots[slot] = i;
        }
    }

    public int Count => _names.Length;

    /// <param name="likely">Where it stands if the request keeps the model's order.</param>
    /// <returns>−1 where there is no such input.</returns>
    public int Find(ReadOnlySpan<byte> name, int likely)
    {
        if ((uint)likely < (uint)_names.Length && name.SequenceEqual(_names[likely])) return likely;
        for (var slot = Hash(name) & _mask; _slots[slot] >= 0; slot = (slot + 1) & _mask)
        {
            if (name.SequenceEqual(_names[_slots[slot]])) return _slots[slot];
        }

        return -1;
    }

    /// <summary>The name that a person most likely meant; null where none is close.</summary>
    public string? Nearest(string name)
    {
        var limit = Math.Max(2, name.Length / 3);
        return _names.Select(Encoding.UTF8.GetString)
            .Select(known => (Name: known, Distance: known.Equals(name, StringComparison.OrdinalIgnoreCase) ? 0 : Distance(name, known)))
            .Where(found => found.Distance <= limit).OrderBy(found => found.Distance).Select(found => found.Name).FirstOrDefault();
    }

    // FNV-1a: the names are the model's own, so that nobody can crowd the table from outside.
    private static int Hash(ReadOnlySpan<byte> name)
    {
        var hash = 2166136261u;
        foreach (var b in name) hash = (hash ^ b) * 16777619u;
        return (int)(hash & int.MaxValue);
    }

    // Levenshtein's distance, two rows.
    private static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > Math.Max(2, a.Length / 3)) return int.MaxValue;
        var (before, row) = (new int[b.Length + 1], new int[b.Length + 1]);
        for (var j = 0; j <= b.Length; j++) before[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                row[j] = Math.Min(Math.Min(row[j - 1], before[j]) + 1, before[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
            }

            (before, row) = (row, before);
        }

        return before[b.Length];
    }
}
