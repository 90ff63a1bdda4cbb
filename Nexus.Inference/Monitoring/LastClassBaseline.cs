using Nexus.Data.Feedback;

namespace Nexus.Inference.Monitoring;

/// <summary>
/// How often one would be right by always repeating the truth of the decision before. Where truths come in runs that is
/// hard to beat, and an accuracy that looks good may be worse than it.
/// </summary>
/// <param name="Accuracy">Of repeating the last truth, 0…1.</param>
/// <param name="Model">Of the agent on the same decisions.</param>
/// <param name="KappaTemporal">(model − last class)/(1 − last class): 1 is perfect, 0 no better, below 0 worse; null where repeating is always right.</param>
/// <param name="Labeled">Decisions compared, the newest with a truth.</param>
public sealed record LastClassBaseline(double Accuracy, double Model, double? KappaTemporal, int Labeled)
{
    private const int Fewest = 30;

    /// <param name="decisions">In the order of the decisions, the oldest first; the first has nothing to repeat.</param>
    /// <returns>Null for fewer than 30.</returns>
    public static LastClassBaseline? Of(IReadOnlyList<(string? Answered, string Truth)> decisions)
    {
        var compared = decisions.Count - 1;
        if (compared < Fewest) return null;
        int repeated = 0, right = 0;
        for (var i = 1; i < decisions.Count; i++)
        {
            if (LabelText.Same(decisions[i].Truth, decisions[i - 1].Truth)) repeated++;
            if (LabelText.Same(decisions[i].Truth, decisions[i].Answered)) right++;
        }

        var (last, model) = ((double)repeated / compared, (double)right / compared);
        return new(last, model, repeated == compared ? null : (model - last) / (1 - last), compared);
    }
}
