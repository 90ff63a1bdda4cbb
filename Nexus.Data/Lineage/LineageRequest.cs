namespace Nexus.Data.Lineage;

/// <summary>What of the graph is asked for. Walks breadth-first, up from the root and down from it, never down from what lies above.</summary>
/// <param name="Subject">As the ledger writes subjects; without a version the one in Production, or the newest.</param>
/// <param name="Depth">How many arrows away, 1…20.</param>
/// <param name="MaxNodes">1…1000.</param>
/// <param name="Fan">At most so many neighbours of one thing on one side, the newest: one busy dataset does not push all else out.</param>
public sealed record LineageRequest(
    string Subject, LineageDirection Direction = LineageDirection.Both, int Depth = LineageRequest.DefaultDepth, int MaxNodes = LineageRequest.DefaultNodes, int Fan = LineageRequest.DefaultFan)
{
    public const int DefaultDepth = 3;
    public const int MostDepth = 20;
    public const int DefaultNodes = 300;
    public const int MostNodes = 1000;
    public const int DefaultFan = 50;

    /// <exception cref="RefusedException">Invalid.</exception>
    public LineageRequest Check()
    {
        if (Depth is < 1 or > MostDepth) throw Refused.Invalid("depth", $"depth is 1 to {MostDepth}.");
        if (MaxNodes is < 1 or > MostNodes) throw Refused.Invalid("maxNodes", $"maxNodes is 1 to {MostNodes}.");
        if (Fan is < 1 or > MostNodes) throw Refused.Invalid("fan", $"fan is 1 to {MostNodes}.");
        return this;
    }
}
