namespace Nexus.Web.Shell.Home;

/// <summary>How much waits for this person.</summary>
public sealed record NeedCount(int Count);
