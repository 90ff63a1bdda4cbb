using System.Buffers.Text;

namespace Nexus.Data.Datasets;

/// <summary>
/// Reads cells as text files write them. Inference is strict, so that no digit is lost: <c>007</c> and 20-digit ids stay text,
/// dates are ISO 8601. What a person asks for by an override is read more freely. Everything accepted here DuckDB casts alike.
/// </summary>
internal static class Cells
{
    private const int Int64Digits = 19;

    /// <summary>Of so few digits without an exponent every number is finite.</summary>
    private const int FiniteDigits = 300;

    /// <summary>Of the <paramref name="candidates"/>, those that the cell could be. Not for an empty cell.</summary>
    public static CellKinds Of(ReadOnlySpan<byte> cell, CellKinds candidates, out bool offset)
    {
        offset = false;
        var kinds = CellKinds.Text;
        var trimmed = cell.Trim((byte)' ');
        if (trimmed.IsEmpty) return kinds;
        if ((candidates & (CellKinds.Integer | CellKinds.Number)) != 0) kinds |= NumberKinds(trimmed, strict: true);
        if ((candidates & CellKinds.Boolean) != 0 && IsTrueOrFalse(cell)) kinds |= CellKinds.Boolean;
        if ((candidates & (CellKinds.Date | CellKinds.Timestamp)) != 0) kinds |= TimeKinds(cell, out offset);
        return kinds & candidates;
    }

    /// <summary>
    /// Whether the cell is a number in its plainest form: digits with a point among or before them, no needless zero, no blank, no
    /// exponent. Most cells of most files are, and this costs a third of looking closer.
    /// </summary>
    public static bool IsPlainDecimal(ReadOnlySpan<byte> cell)
    {
        if (cell is [(byte)'-', ..]) cell = cell[1..];
        if (cell.Length is < 2 or > FiniteDigits || !char.IsAsciiDigit((char)cell[0]) || (cell[0] == '0' && cell[1] != '.')) return false;
        var points = 0;
        foreach (var c in cell)
        {
            if (char.IsAsciiDigit((char)c)) continue;
            if (c != '.') return false;
            points++;
        }

        return points == 1;
    }

    /// <summary>Whether a cell can be read as the type that somebody asked for.</summary>
    public static bool CanBe(ReadOnlySpan<byte> cell, string type, out bool offset)
    {
        offset = false;
        return type switch
        {
            ColumnTypes.Text => true,
            ColumnTypes.Integer => NumberKinds(cell.Trim((byte)' '), strict: false).HasFlag(CellKinds.Integer),
            ColumnTypes.Number => NumberKinds(cell.Trim((byte)' '), strict: false).HasFlag(CellKinds.Number),
            ColumnTypes.Boolean => IsTrueOrFalse(cell) || cell is [(byte)'0' or (byte)'1'],
            ColumnTypes.Date => TimeKinds(cell, out offset).HasFlag(CellKinds.Date),
            _ => TimeKinds(cell, out offset).HasFlag(CellKinds.Timestamp),
        };
    }

    /// <summary>Not a number is how Python writes a missing one; it is kept as missing.</summary>
    public static bool IsNaN(ReadOnlySpan<byte> cell) =>
        cell.Trim((byte)' ') is [(byte)'n' or (byte)'N', (byte)'a' or (byte)'A', (byte)'n' or (byte)'N'];

    private static CellKinds NumberKinds(ReadOnlySpan<byte> cell, bool strict)
    {
        if (cell.IsEmpty) return CellKinds.Text;
        var rest = cell[0] is (byte)'-' or (byte)'+' ? cell[1..] : cell;
        var digits = Digits(rest);
        if (strict && digits > 1 && rest[0] == '0') return CellKinds.Text;
        if (digits == rest.Length && digits > 0) return WholeNumber(cell, digits, strict);
        var at = digits;
        if (at < rest.Length && rest[at] == '.')
        {
            var fraction = Digits(rest[++at..]);
            at += fraction;
            digits += fraction;
        }

        if (digits == 0) return IsNaN(cell) ? CellKinds.Number : CellKinds.Text;
        var scaled = at < rest.Length && rest[at] is (byte)'e' or (byte)'E';
        if (scaled)
        {
            at++;
            if (at < rest.Length && rest[at] is (byte)'-' or (byte)'+') at++;
            var exponent = Digits(rest[at..]);
            if (exponent == 0) return CellKinds.Text;
            at += exponent;
        }

        if (at != rest.Length) return CellKinds.Text;
        return (!scaled && cell.Length <= FiniteDigits) || IsFinite(cell) ? CellKinds.Number : CellKinds.Text;
    }

    private static CellKinds WholeNumber(ReadOnlySpan<byte> cell, int digits, bool strict)
    {
        if (digits < Int64Digits || (Utf8Parser.TryParse(cell, out long _, out var used) && used == cell.Length))
            return CellKinds.Integer | CellKinds.Number;
        return !strict && IsFinite(cell) ? CellKinds.Number : CellKinds.Text;
    }

    private static bool IsFinite(ReadOnlySpan<byte> cell) =>
        Utf8Parser.TryParse(cell, out double value, out var used) && used == cell.Length && double.IsFinite(value);

    private static int Digits(ReadOnlySpan<byte> text)
    {
        var other = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return other < 0 ? text.Length : other;
    }

    private static bool IsTrueOrFalse(ReadOnlySpan<byte> cell) =>
        cell.Length is 4 or 5 && (System.Text.Ascii.EqualsIgnoreCase(cell, "true"u8) || System.Text.Ascii.EqualsIgnoreCase(cell, "false"u8));

    /// <summary>yyyy-MM-dd, or with T or a blank HH:mm[:ss[.fraction][Z|±HH:mm]].</summary>
    private static CellKinds TimeKinds(ReadOnlySpan<byte> cell, out bool offset)
    {
        offset = false;
        if (cell.Length < 10 || cell[4] != '-' || cell[7] != '-') return CellKinds.Text;
        if (!TwoDigits(cell, 0, 0, 99, out var century) || !TwoDigits(cell, 2, 0, 99, out var year) || !TwoDigits(cell, 5, 1, 12, out var month)) return CellKinds.Text;
        year += 100 * century;
        if (year == 0 || !TwoDigits(cell, 8, 1, DateTime.DaysInMonth(year, month), out _)) return CellKinds.Text;
        if (cell.Length == 10) return CellKinds.Date | CellKinds.Timestamp;
        return cell[10] is (byte)'T' or (byte)' ' && IsTimeOfDay(cell[11..], out offset) ? CellKinds.Timestamp : CellKinds.Text;
    }

    private static bool IsTimeOfDay(ReadOnlySpan<byte> text, out bool offset)
    {
        offset = false;
        if (text.Length < 5 || text[2] != ':' || !TwoDigits(text, 0, 0, 23, out _) || !TwoDigits(text, 3, 0, 59, out _)) return false;
        if (text.Length == 5) return true;
        if (text.Length < 8 || text[5] != ':' || !TwoDigits(text, 6, 0, 59, out _)) return false;
        text = text[8..];
        if (text is [(byte)'.', ..])
        {
            var digits = Digits(text[1..]);
            if (digits is 0 or > 9) return false;
            text = text[(1 + digits)..];
        }

        if (text.IsEmpty || text is [(byte)'Z']) return true;
        offset = true;
        return text is [(byte)'+' or (byte)'-', _, _, (byte)':', _, _] && TwoDigits(text, 1, 0, 14, out _) && TwoDigits(text, 4, 0, 59, out _);
    }

    private static bool TwoDigits(ReadOnlySpan<byte> text, int at, int min, int max, out int value)
    {
        value = 0;
        if (!char.IsAsciiDigit((char)text[at]) || !char.IsAsciiDigit((char)text[at + 1])) return false;
        value = (10 * (text[at] - '0')) + (text[at + 1] - '0');
        return value >= min && value <= max;
    }
}
