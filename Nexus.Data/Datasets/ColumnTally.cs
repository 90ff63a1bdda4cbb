namespace Nexus.Data.Datasets;

/// <summary>What one column's cells could all be, cell by cell.</summary>
/// <param name="asked">The type that somebody asked for, or null to infer.</param>
internal sealed class ColumnTally(string name, string? asked)
{
    private CellKinds _kinds = CellKinds.Any;
    private bool _offsets;
    private bool _seen;

    public string Name => name;

    public string? Asked => asked;

    /// <summary>A cell said that it is not a number.</summary>
    public bool NotANumber { get; private set; }

    /// <summary>Takes a cell that is not missing.</summary>
    /// <returns>False where it cannot be read as the type that was asked for.</returns>
    public bool Take(ReadOnlySpan<byte> cell)
    {
        if (_kinds == (CellKinds.Number | CellKinds.Text) && asked is null && Cells.IsPlainDecimal(cell)) return true;
        _seen = true;
        if (cell is [.., (byte)'n' or (byte)'N' or (byte)' ']) NotANumber |= Cells.IsNaN(cell);
        if (_kinds != CellKinds.Text)
        {
            _kinds = Cells.Of(cell, _kinds, out var offset);
            _offsets |= offset;
        }

        if (asked is null or ColumnTypes.Text) return true;
        var can = Cells.CanBe(cell, asked, out var askedOffset);
        _offsets |= askedOffset;
        return can;
    }

    /// <summary>Takes a JSON string: text, or a time; never a number, unless asked.</summary>
    public bool TakeText(ReadOnlySpan<byte> text)
    {
        _kinds &= CellKinds.Text | CellKinds.Date | CellKinds.Timestamp;
        return Take(text);
    }

    /// <summary>Takes a JSON number, which has no more digits than a double wherever it is no 64-bit integer.</summary>
    public bool TakeNumber(ReadOnlySpan<byte> number)
    {
        var whole = Cells.CanBe(number, ColumnTypes.Integer, out _);
        Take(whole ? CellKinds.Integer | CellKinds.Number : CellKinds.Number);
        return asked is null or ColumnTypes.Text or ColumnTypes.Number || (asked == ColumnTypes.Integer && whole);
    }

    /// <summary>Takes a value of a known kind.</summary>
    public void Take(CellKinds kinds)
    {
        _seen = true;
        _kinds &= kinds | CellKinds.Text;
    }

    public ScannedColumn ToColumn()
    {
        var inferred = Inferred();
        return new(name, name, asked ?? inferred, inferred, _offsets);
    }

    private string Inferred() =>
        !_seen ? ColumnTypes.Text
        : _kinds.HasFlag(CellKinds.Boolean) ? ColumnTypes.Boolean
        : _kinds.HasFlag(CellKinds.Integer) ? ColumnTypes.Integer
        : _kinds.HasFlag(CellKinds.Number) ? ColumnTypes.Number
        : _kinds.HasFlag(CellKinds.Date) ? ColumnTypes.Date
        : _kinds.HasFlag(CellKinds.Timestamp) ? ColumnTypes.Timestamp
        : ColumnTypes.Text;
}
