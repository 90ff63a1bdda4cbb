using System.Text;

namespace Nexus.Data.Datasets;

/// <summary>
/// One pass over a CSV file: proves it sound and infers the types from every cell, so that the table engine's reading cannot fail
/// halfway and every error has its true place. An empty field is a missing value. Columns are counted in characters from 1.
/// </summary>
internal sealed class CsvScanner(DatasetOptions options)
{
    private const int RowsBetweenChecks = 4096;

    /// <exception cref="RefusedException">Invalid with line and column, where the file is broken.</exception>
    public TableScan Scan(Stream file, IReadOnlyDictionary<string, string> types, CancellationToken ct)
    {
        var records = new CsvRecordReader(file, options.MaxColumns, options.MaxTextLength);
        var columns = ReadHeader(records, types);
        long rows = 0;
        while (records.Read())
        {
            if (columns.Length > 1 && records.IsBlank) continue;
            if (++rows % RowsBetweenChecks == 0) ct.ThrowIfCancellationRequested();
            if (records.Count != columns.Length)
                throw records.At(Math.Min(records.Count, columns.Length), $"This row has {records.Count:N0} fields, the header {columns.Length:N0}.");
            for (var i = 0; i < columns.Length; i++) Take(records, columns[i], i);
        }

        return new([.. columns.Select(c => c.ToColumn() with { Finite = !c.NotANumber })], rows, records.Delimiter, records.Irregular);
    }

    private ColumnTally[] ReadHeader(CsvRecordReader records, IReadOnlyDictionary<string, string> types)
    {
        do
        {
            if (!records.Read()) throw Refused.InvalidAt(1, 1, "The file is empty: its first line must name the columns.");
        }
        while (records.IsBlank);

        var names = ColumnNames.Check([.. Enumerable.Range(0, records.Count).Select(records.Text)], options.MaxColumns, records.At);
        ColumnNames.CheckOverrides(types, names);
        return [.. names.Select(name => new ColumnTally(name, types.GetValueOrDefault(name)))];
    }

    private void Take(CsvRecordReader records, ColumnTally column, int field)
    {
        var cell = records.Raw(field);
        if (cell.IsEmpty) return;
        if (!column.Take(cell))
            throw records.At(field, $"Field {field + 1}, '{column.Name}': '{Shorten(records.Text(field))}' is no {column.Asked}.");
        if (cell.Length > options.MaxTextLength && Encoding.UTF8.GetCharCount(cell) > options.MaxTextLength)
            throw records.At(field, $"Field {field + 1}, '{column.Name}', is longer than {options.MaxTextLength:N0} characters.");
    }

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
