using System.Globalization;

namespace Nexus.Data.Pipelines.Filters;

/// <param name="Quoted">A text, whatever it looks like.</param>
/// <param name="Column">1-based.</param>
internal sealed record FilterValue(string Text, bool Quoted, int Column)
{
    public double? Number => !Quoted && double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
