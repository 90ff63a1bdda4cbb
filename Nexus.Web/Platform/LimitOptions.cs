using System.ComponentModel.DataAnnotations;

namespace Nexus.Web.Platform;

/// <summary>How often callers may ask: the section <c>Nexus:Limits</c>.</summary>
internal sealed class LimitOptions
{
    public const string Section = "Nexus:Limits";

    /// <summary>Per key, or per person signed in. Default 5,000.</summary>
    [Range(1, 1_000_000)]
    public int RequestsPerSecond { get; set; } = 5_000;

    /// <summary>Attempts to sign in or set up, and requests with a key that does not work, per address. Default 60.</summary>
    [Range(1, 100_000)]
    public int FailuresPerMinute { get; set; } = 60;
}
