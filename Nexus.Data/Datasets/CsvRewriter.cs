namespace Nexus.Data.Datasets;

/// <summary>Writes a readable but irregular CSV file anew as the strictest reader wants it: commas, LF, every value quoted.</summary>
internal sealed class CsvRewriter(DatasetOptions options)
{
    public void Rewrite(Stream from, Stream to, CancellationToken ct)
    {
        var records = new CsvRecordReader(from, options.MaxColumns, options.MaxTextLength);
        var header = 0;
        while (records.Read())
        {
            ct.ThrowIfCancellationRequested();
            if (header != 1 && records.IsBlank) continue;
            if (header == 0) header = records.Count;
            for (var i = 0; i < records.Count; i++)
            {
                if (i > 0) to.WriteByte((byte)',');
                WriteField(to, records.Raw(i), records.IsQuoted(i), alone: records.Count == 1);
            }

            to.WriteByte((byte)'\n');
        }
    }

    private static void WriteField(Stream to, ReadOnlySpan<byte> raw, bool escaped, bool alone)
    {
        if (raw.IsEmpty && !alone) return;
        to.WriteByte((byte)'"');
        while (!escaped && raw.IndexOf((byte)'"') is >= 0 and var quote)
        {
            to.Write(raw[..(quote + 1)]);
            to.WriteByte((byte)'"');
            raw = raw[(quote + 1)..];
        }

        to.Write(raw);
        to.WriteByte((byte)'"');
    }
}
