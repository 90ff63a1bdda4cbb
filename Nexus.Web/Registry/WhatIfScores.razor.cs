using System.Globalization;
using Microsoft.AspNetCore.Components;
using Nexus.Inference.Registry;

namespace Nexus.Web.Registry;

/// <summary>The scores of an answer as bars, beside another version's.</summary>
public sealed partial class WhatIfScores : ComponentBase
{
    private const int Most = 8;

    [Parameter, EditorRequired] public string Name { get; set; } = "";
    [Parameter, EditorRequired] public WhatIfAnswer Answer { get; set; } = null!;
    [Parameter] public string OtherName { get; set; } = "";
    [Parameter] public WhatIfAnswer? Other { get; set; }

    // Two classes keep their places; of many the likely ones are first.
    private IEnumerable<KeyValuePair<string, double>> Shown => Answer.Scores.Count <= 2 ? Answer.Scores : Answer.Scores.OrderByDescending(s => s.Value).Take(Most);

    private static string Width(double share) => (Math.Clamp(share, 0, 1) * 100).ToString("0.##", CultureInfo.InvariantCulture);
}
