using Microsoft.AspNetCore.Identity;

namespace Nexus.Data.Identity;

/// <summary>An account. <see cref="IdentityUser{T}.UserName"/> is what the ledger and every record call the person.</summary>
public sealed class Person : IdentityUser<Guid>
{
    public required string DisplayName { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
}
