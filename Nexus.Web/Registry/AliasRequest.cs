namespace Nexus.Web.Registry;

/// <param name="Version">The version that the alias shall name.</param>
internal sealed record AliasRequest(int Version);
