namespace Nexus.Web.Governance;

internal sealed record DecideProof(string? Password, string? Totp);
