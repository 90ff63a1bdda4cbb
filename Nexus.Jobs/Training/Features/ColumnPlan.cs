namespace Nexus.Jobs.Training.Features;

/// <summary>One raw column's part of the plan; of the four last, the one that fits its role is set.</summary>
/// <param name="Type">The dataset's: integer, number, boolean, text, timestamp or date.</param>
internal sealed record ColumnPlan(
    string Name,
    string Type,
    ColumnRole Role,
    NumberPlan? Number = null,
    IReadOnlyList<DatePartPlan>? Parts = null,
    CategoryPlan? Category = null,
    TextPlan? Text = null)
{
    public int Width => Role switch
    {
        ColumnRole.Numeric => 1,
        ColumnRole.Date => Parts!.Count,
        ColumnRole.Categorical => Category!.Width,
        _ => Text!.Width,
    };
}
