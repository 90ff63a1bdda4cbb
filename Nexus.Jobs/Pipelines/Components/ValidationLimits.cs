using System.Text.Json.Nodes;

namespace Nexus.Jobs.Pipelines.Components;

/// <summary>From where on a difference is an anomaly.</summary>
/// <param name="MinRows">Fewer rows are an error.</param>
/// <param name="Missing">How much the share of missing values may grow, 0…1.</param>
/// <param name="Unseen">Which share of rows may hold values that the reference does not have, 0…1.</param>
/// <param name="JensenShannon">Of a number's distribution over the reference's deciles, by the natural logarithm, 0…ln 2.</param>
/// <param name="LInfinity">The largest change of one value's share, 0…1.</param>
/// <param name="DriftSeverity">What the last two are: warning or error.</param>
internal sealed record ValidationLimits(
    long MinRows, double Missing, double Unseen, double JensenShannon, double LInfinity, string DriftSeverity)
{
    public static ValidationLimits From(JsonObject with)
    {
        var (limits, drift) = (with["limits"], with["drift"]);
        return new(
            limits?["minRows"]?.GetValue<long>() ?? 1,
            Number(limits, "missing", 0.05),
            Number(limits, "unseen", 0),
            Number(drift, "jensenShannon", 0.1),
            Number(drift, "lInfinity", 0.1),
            drift?["severity"]?.GetValue<string>() ?? Anomaly.Warning);
    }

    private static double Number(JsonNode? node, string name, double otherwise) =>
        node?[name] is { } value ? double.Parse(value.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture) : otherwise;
}
