namespace Nexus.Web.Registry;

/// <param name="Comment">What the signer said; may be empty.</param>
public sealed record CardSignature(string By, DateTimeOffset At, string RequestedBy, string Comment);
