namespace Nexus.Jobs.Training.Features;

/// <summary>
/// The fitted transform: from raw columns to a row of numbers. The numbers stand in blocks: numeric columns, parts of dates,
/// categories, texts; within a block in the order of the columns.
/// </summary>
/// <param name="Task">binary, multiclass or regression.</param>
/// <param name="Classes">In the order of the scores; for binary the negative one first. Empty for regression.</param>
/// <param name="Columns">In the order of the model's inputs.</param>
internal sealed record FeaturePlan(
    string Label, string Task, IReadOnlyList<string> Classes, string? Positive, IReadOnlyList<ColumnPlan> Columns)
{
    public int Width => Columns.Sum(c => c.Width);

    public IEnumerable<ColumnPlan> Of(ColumnRole role) => Columns.Where(c => c.Role == role);
}
