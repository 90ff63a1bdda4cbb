namespace Nexus.Web.Shell;

/// <summary>What a chip, dot or bar says; the same colour and mark everywhere.</summary>
public enum ChipState
{
    /// <summary>No state: a plain fact.</summary>
    Plain,
    Good,
    Warn,
    Bad,

    /// <summary>Not known, or not enough data: hatched grey, never green.</summary>
    Unknown,

    /// <summary>At work.</summary>
    Busy,
}
