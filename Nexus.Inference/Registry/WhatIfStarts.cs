using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Datasets;
using Nexus.Data.Registry;
using Nexus.Data.Storage;
using Nexus.Inference.Monitoring;

namespace Nexus.Inference.Registry;

/// <summary>Where a what-if begins: the form from the signature, with medians and modes of training, and real rows that the version was measured on.</summary>
public sealed class WhatIfStarts(IDbContextFactory<NexusDb> contexts, BlobStore blobs, TableEngine tables)
{
    private const int MostText = 4_000;

    /// <exception cref="RefusedException">NotFound.</exception>
    public async Task<WhatIfForm> FormAsync(string model, int version, CancellationToken ct)
    {
        var (found, rows) = await FindAsync(model, version, ct);
        var signature = CanonicalJson.Read<ModelSignature>(found.Signature);
        var reference = found.Reference is null ? [] : CanonicalJson.Read<ReferenceProfile>(found.Reference).Features.ToDictionary(f => f.Name, StringComparer.Ordinal);
        var count = rows is null ? 0 : await QueryAsync($"SELECT count(*) FROM read_parquet({await FileAsync(rows, ct)})", r => r.Read() ? r.GetInt64(0) : 0, ct);
        return new([.. signature.Inputs.Select(i => Field(i, reference.GetValueOrDefault(i.Name), found.RunId is not null))], count, rows?.RowsAre);
    }

    /// <summary>One of the rows that the version was measured on.</summary>
    /// <exception cref="RefusedException">NotFound, where there is no such row.</exception>
    public async Task<WhatIfRow> RowAsync(string model, int version, long number, CancellationToken ct)
    {
        var (found, rows) = await FindAsync(model, version, ct);
        if (rows is null || number < 0) throw Refused.NotFound("row", number);
        var inputs = CanonicalJson.Read<ModelSignature>(found.Signature).Inputs;
        var types = await QueryAsync(
            $"DESCRIBE SELECT * FROM read_parquet({await FileAsync(rows, ct)})",
            r =>
            {
                var columns = new Dictionary<string, string>(StringComparer.Ordinal);
                while (r.Read()) columns[r.GetString(0)] = r.GetString(1);
                return columns;
            },
            ct);
        var known = inputs.Where(i => types.ContainsKey(i.Name)).ToList();
        var label = rows.Label is { } name && types.ContainsKey(name) ? $"CAST({TableEngine.Identifier(name)} AS VARCHAR)" : "NULL::VARCHAR";
        var row = await QueryAsync(
            $"SELECT {string.Join(", ", known.Select(i => Expression(i, types[i.Name])).Append(label))} FROM read_parquet({await FileAsync(rows, ct)}, file_row_number = true) WHERE file_row_number = {number}",
            r => !r.Read() ? null : new WhatIfRow(
                number,
                new JsonObject(known.Select((input, at) => KeyValuePair.Create(input.Name, r.IsDBNull(at) ? null : (JsonNode?)Value(input, types[input.Name], r.GetString(at))))),
                r.IsDBNull(known.Count) ? null : r.GetString(known.Count)),
            ct);
        return row ?? throw Refused.NotFound("row", number);
    }

    private async Task<(ModelVersion Version, Rows? Rows)> FindAsync(string model, int version, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = await db.ModelVersions.AsNoTracking().SingleOrDefaultAsync(v => v.ModelName == model && v.Version == version, ct)
            ?? throw Refused.NotFound("model version", $"{model}@{version}");
        var explained = await db.ModelExplanations.AsNoTracking().Where(e => e.ModelName == model && e.Version == version)
            .OrderByDescending(e => e.CreatedAt).Select(e => new Rows(e.RowsDigest, e.RowsAre, e.Label)).FirstOrDefaultAsync(ct);
        if (explained is null && found.Evaluation is { } json && CanonicalJson.Read<EvaluationReport>(json) is { RowsDigest: { } digest } report)
            explained = new(digest, $"test split of {report.Dataset}", null);
        return (found, explained is not null && await blobs.ExistsAsync(explained.Digest, ct) ? explained : null);
    }

    private static WhatIfField Field(TensorSignature input, FeatureReference? reference, bool trainedHere)
    {
        if (input.Shape.Skip(1).Any(d => d is not 1)) return new(input.Name, input.Datatype, "array", null, null, [], null);
        if (input.Datatype == "BOOL" || (reference?.Categories is { } pair && input.Datatype != "BYTES" && pair.All(c => c is "true" or "false")))
            return new(input.Name, input.Datatype, "boolean", null, null, ["true", "false"], reference?.Categories is ["true", ..]);
        if (input.Datatype == "BYTES")
            return reference?.Categories is { Count: > 0 } categories
                ? new(input.Name, input.Datatype, "category", null, null, categories, categories[0])
                : new(input.Name, input.Datatype, "text", null, null, [], "");
        var middle = reference?.Edges is { Count: > 0 } edges ? edges[edges.Count / 2] : reference?.Minimum;
        if (input.Datatype == "INT64" && trainedHere)
            return new(input.Name, input.Datatype, "time", reference?.Minimum, reference?.Maximum, [], middle is { } time ? Iso((long)time) : null);
        var whole = input.Datatype.Contains("INT", StringComparison.Ordinal);
        return new(
            input.Name, input.Datatype, whole ? "integer" : "number", reference?.Minimum, reference?.Maximum, [],
            middle is { } value ? JsonValue.Create(whole ? Math.Round(value) : Short(value)) : null);
    }

    // A median need not be exact, and is to be read.
    private static double Short(double value) => double.Parse(value.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static string Expression(TensorSignature input, string type)
    {
        var name = TableEngine.Identifier(input.Name);
        if (input.Datatype == "BYTES") return $"left(CAST({name} AS VARCHAR), {MostText})";
        return IsTime(type) ? $"CAST(epoch_us(CAST({name} AS TIMESTAMP)) AS VARCHAR)" : $"CAST({name} AS VARCHAR)";
    }

    private static JsonValue? Value(TensorSignature input, string type, string text)
    {
        if (input.Datatype == "BYTES") return JsonValue.Create(text);
        if (type == "BOOLEAN") return JsonValue.Create(text == "true");
        if (!double.TryParse(text, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number)) return null;
        if (IsTime(type)) return input.Datatype == "INT64" ? JsonValue.Create(Iso(long.Parse(text, CultureInfo.InvariantCulture))) : JsonValue.Create(number);
        return JsonValue.Create(number);
    }

    private static bool IsTime(string type) => type == "DATE" || type.StartsWith("TIMESTAMP", StringComparison.Ordinal);

    private static string Iso(long microseconds) => UtcMicroseconds.To(microseconds).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    private async Task<string> FileAsync(Rows rows, CancellationToken ct) => TableEngine.Literal(await blobs.FetchAsync(rows.Digest, ct));

    private async Task<T> QueryAsync<T>(string sql, Func<DuckDB.NET.Data.DuckDBDataReader, T> read, CancellationToken ct)
    {
        using var connection = tables.Open();
        return await TableEngine.QueryAsync(connection, sql, read, ct);
    }

    private sealed record Rows(string Digest, string RowsAre, string? Label);
}
