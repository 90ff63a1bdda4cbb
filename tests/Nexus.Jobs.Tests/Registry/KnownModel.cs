using Nexus.Jobs.Registry.Explanations;
using Nexus.Jobs.Training;
using Nexus.Jobs.Training.Features;

namespace Nexus.Jobs.Tests.Registry;

/// <summary>A model whose answers are a known function of named numbers.</summary>
internal sealed class KnownModel(string task, IReadOnlyList<string> classes, Func<Func<string, double>, double> answer) : ITableModel
{
    public string Task => task;

    public IReadOnlyList<string> Classes => classes;

    public static KnownModel Regression(Func<Func<string, double>, double> answer) => new("regression", [], answer);

    public static KnownModel Binary(Func<Func<string, double>, double> probability) => new("binary", ["no", "yes"], probability);

    public float[] Score(RawTable table, CancellationToken ct)
    {
        var answers = Enumerable.Range(0, table.Rows).Select(r => (float)answer(name =>
            table.Columns[name] is { Texts: { } texts } ? texts[r] == "b" ? 1 : 0 : table.Columns[name].Numbers![r])).ToArray();
        return task == "regression" ? answers : [.. answers.SelectMany(p => new[] { 1 - p, p })];
    }

    /// <summary>Independent columns, uniform on 0…1.</summary>
    public static RawTable Uniform(int rows, SeededRandom random, params string[] names) => new(
        rows, names.ToDictionary(n => n, _ => new RawColumn(Numbers: [.. Enumerable.Range(0, rows).Select(_ => (float)random.Unit())]), StringComparer.Ordinal));
}
