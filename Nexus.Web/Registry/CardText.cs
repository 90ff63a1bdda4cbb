using System.Globalization;
using System.Text;
using System.Text.Json;
using Nexus.Data.Registry;
using Nexus.Web.Shell;

namespace Nexus.Web.Registry;

/// <summary>A model card as Markdown: what persons wrote, and everything that the portal knows, as in Mitchell et al. 2019.</summary>
internal sealed class CardText
{
    private const int MostRows = 20;
    private readonly StringBuilder _text = new();
    private readonly CardFacts _facts;

    private CardText(CardFacts facts) => _facts = facts;

    public static string Write(CardFacts facts) => new CardText(facts).Write();

    private string Write()
    {
        var (version, card) = (_facts.Version, _facts.Card);
        Line($"# {version.Model} {version.Version}");
        Line($"Stage {version.Stage}, made by {Cell(version.CreatedBy)} on {Day(version.CreatedAt)}. SHA-256 of the ONNX `{version.Digest}`.");
        if (version.Description.Length > 0) Section("What changed", version.Description);
        Section("Intended use", card.Sections.IntendedUse);
        Section("Out of scope", card.Sections.OutOfScope);
        Data();
        Training();
        Evaluation();
        Slices();
        Drivers();
        Section("Limitations", card.Sections.Limitations);
        Found();
        Section("Ethical considerations", card.Sections.Ethics);
        Serving();
        Signatures();
        Lineage();
        Section("Contact", card.Sections.Contact);
        if (card.InheritedFrom is { } from) Line($"*The sections that persons write are those of version {from}.*");
        return _text.ToString();
    }

    private void Data()
    {
        Line("## Data");
        var rows = Number("trainRows") is { } train && Number("testRows") is { } test ? $"{Format.Count((long)train, "row")} trained, {Format.Count((long)test)} tested" : null;
        Line(Provenance("dataset") is { } dataset ? $"{Cell(dataset)}{(rows is null ? "" : $": {rows}")}." : "The data that it learnt from are not known to the portal.");
        var signature = _facts.Version.Signature;
        Line($"It takes {Format.Count(signature.Inputs.Count, "input")}{(signature.Task is null ? "" : $" and does {(signature.Task == "regression" ? signature.Task : $"{signature.Task} classification")}")}{(signature.Classes is { Count: > 0 } classes ? $" ({string.Join(", ", classes.Take(10).Select(Cell))}{(classes.Count > 10 ? $" and {classes.Count - 10} more" : "")})" : "")}.");
    }

    private void Training()
    {
        Line("## Training");
        if (Provenance("trainer") is not { } trainer)
        {
            Line(Provenance("upload") is { } file ? $"Uploaded as `{file}`; how it was trained is not known to the portal." : "How it was trained is not known to the portal.");
            return;
        }

        Table(["What", "Value"],
        [
            ["Trainer", $"{trainer} {Provenance("trainerVersion")}"], ["Seed", Provenance("seed")], ["Parameters", Provenance("params")],
            ["Run", $"{Provenance("pipeline")} #{Provenance("run")}"], ["Code", $"{Provenance("commit")}{(Provenance("dirty") == "True" ? ", with uncommitted changes" : "")}"],
            ["ONNX equals trainer within", Number("largestDifference")?.ToString("0.0e0", CultureInfo.InvariantCulture)], ["Framework", Environment("framework")], ["Machine", $"{Environment("os")}, {Environment("architecture")}"],
        ]);
    }

    private void Evaluation()
    {
        Line("## Evaluation");
        var metrics = VersionState.Estimates(_facts.Version);
        if (metrics.Count == 0 && _facts.Explained?.Metrics is { } measured) metrics = new(measured);
        if (metrics.Count == 0)
        {
            Line("Nothing was measured.");
            return;
        }

        Line(_facts.Report is { } report ? $"On {Format.Count(report.Rows, "row")} of the test split of {Cell(report.Dataset)}; 95 % intervals by a bootstrap over the rows."
            : _facts.Explained?.Metrics is not null ? $"On {Cell(_facts.Explained.RowsAre)}; 95 % intervals by a bootstrap over the rows." : "As its uploader says.");
        Table(["Metric", "Value", "95 % interval"], MetricNames.Ordered(metrics.Keys).Select(m => new[] { MetricNames.Label(m), Format.Decimal(metrics[m].Value), Interval(metrics[m]) }));
        foreach (var gate in _facts.Report?.Gates ?? []) Line($"- {(gate.Passed ? "passed" : "**failed**")}: {Cell(gate.Text)}");
    }

    private void Slices()
    {
        if (_facts.Report is not { Slices.Count: > 0 } report || MetricNames.Primary(report.Metrics.Keys) is not { } metric) return;
        Line("## Slices");
        Table(["Slice", "Rows", MetricNames.Label(metric), "95 % interval"], report.Slices.Take(MostRows).Select(s => s.Metrics.TryGetValue(metric, out var value)
            ? new[] { s.Name, Format.Count(s.Rows), Format.Decimal(value.Value), Interval(value) }
            : [s.Name, Format.Count(s.Rows), Format.Unknown, Format.Unknown]));
        More(report.Slices.Count, "slices");
    }

    private void Drivers()
    {
        Line("## What drives it");
        if (_facts.Explained?.Result is not { } result)
        {
            Line("Not explained yet.");
            return;
        }

        Line($"Loss of {MetricNames.Label(result.Metric)} when a feature is shuffled, mean of {result.Repeats} shuffles on {Format.Count(result.Rows, "row")} ({Cell(_facts.Explained.RowsAre)}).");
        Table(["Feature", "Loss", "95 % interval"], result.Importance.Take(MostRows).Select(i => new[] { i.Feature, Format.Decimal(i.Value), Interval(new(i.Value, i.Lower, i.Upper)) }));
        More(result.Importance.Count, "features");
    }

    private void Found()
    {
        var worse = _facts.Explained?.Result?.Search?.Slices.Where(s => s.IsWorse).ToList() ?? [];
        if (worse.Count == 0) return;
        Line("A tree over the errors found groups in which it errs more (exploratory; found on one half of the rows, estimated on the other):");
        foreach (var slice in worse) Line($"- {Cell(slice.Name)}: {Format.Decimal(slice.Error)} on {Format.Count(slice.Rows, "row")}, {Format.Estimate(slice.Difference.Value, slice.Difference.Lower, slice.Difference.Upper)} more than elsewhere");
    }

    private void Serving()
    {
        Line("## Serving");
        var agents = _facts.Model.Agents;
        Line(_facts.Version.Stage != Stage.Production ? "It is not in Production." : agents.Count == 0 ? "In Production; no agent follows this model." : $"In Production for {string.Join(", ", agents.Select(Cell))}.");
    }

    private void Signatures()
    {
        Line("## Approvals");
        if (_facts.Signatures.Count == 0) Line("Nobody has signed it.");
        foreach (var signed in _facts.Signatures)
            Line($"- Signed by {Cell(signed.By)} on {Day(signed.At)}, asked for by {Cell(signed.RequestedBy)}{(signed.Comment.Length > 0 ? $": {Cell(signed.Comment)}" : "")}");
    }

    private void Lineage()
    {
        if (_facts.Lineage.Count == 0) return;
        Line("## Lineage");
        foreach (var edge in _facts.Lineage.Take(MostRows)) Line($"- {Cell(edge.From)} {edge.Relation} {Cell(edge.To)}");
        More(_facts.Lineage.Count, "arrows");
    }

    private void Section(string title, string text)
    {
        Line($"## {title}");
        Line(string.IsNullOrWhiteSpace(text) ? "*Nobody has said.*" : text.Trim());
    }

    private void Table(string[] heads, IEnumerable<string?[]> rows)
    {
        _text.Append("| ").AppendJoin(" | ", heads).AppendLine(" |").Append('|').Insert(_text.Length, " --- |", heads.Length).AppendLine();
        foreach (var row in rows.Where(r => !string.IsNullOrWhiteSpace(r[^1]))) _text.Append("| ").AppendJoin(" | ", row.Select(c => Cell(c ?? ""))).AppendLine(" |");
        _text.AppendLine();
    }

    private void More(int all, string what)
    {
        if (all > MostRows) Line($"and {all - MostRows} {what} more.");
    }

    // A list keeps its lines together; all else is a paragraph.
    private void Line(string text)
    {
        _text.AppendLine(text);
        if (!text.StartsWith("- ", StringComparison.Ordinal)) _text.AppendLine();
    }

    private string? Provenance(string name) =>
        _facts.Version.Provenance.ValueKind == JsonValueKind.Object && _facts.Version.Provenance.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null
            ? value.ValueKind == JsonValueKind.Object ? string.Join(", ", value.EnumerateObject().Select(p => $"{p.Name} {p.Value}")) : value.ToString()
            : null;

    private double? Number(string name) => double.TryParse(Provenance(name), CultureInfo.InvariantCulture, out var number) ? number : null;

    private string? Environment(string name) => (string?)_facts.Environment?[name];

    private static string Interval(MetricEstimate estimate) => estimate is { Lower: { } low, Upper: { } high } ? Format.Interval(estimate.Value, low, high) : Format.Unknown;

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // Names come from anywhere: nothing of them is markup.
    private static string Cell(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var (at, character) in text.ReplaceLineEndings(" ").Index())
        {
            // A bracket is harmless, unless it ends what a link shows.
            if (character is '\\' or '|' or '*' or '_' or '`' or '#' || (character == ']' && at + 1 < text.Length && text[at + 1] is '(' or '[' or ':')) plain.Append('\\');
            if (character is '<') plain.Append("&lt;");
            else plain.Append(character);
        }

        return plain.ToString();
    }
}
