using Microsoft.AspNetCore.Authorization;
using Nexus.Data.Identity;

namespace Nexus.Web.Identity;

/// <summary>The names by which endpoints and pages say who may use them. What names none is refused.</summary>
public static class Policies
{
    /// <summary>Any role: every role includes Viewer's reads.</summary>
    public const string Viewer = nameof(Role.Viewer);
    public const string Labeler = nameof(Role.Labeler);
    public const string Engineer = nameof(Role.Engineer);
    public const string Approver = nameof(Role.Approver);

    /// <summary>Auditor or Admin: reading the audit.</summary>
    public const string Auditor = nameof(Role.Auditor);
    public const string Admin = nameof(Role.Admin);

    /// <summary>Labeler or Engineer: telling what came back on a decision.</summary>
    public const string Feedback = nameof(Feedback);

    internal static void Add(AuthorizationOptions options)
    {
        options.AddPolicy(Viewer, policy => policy.RequireRole(Enum.GetNames<Role>()));
        options.AddPolicy(Labeler, policy => policy.RequireRole(nameof(Role.Labeler)));
        options.AddPolicy(Engineer, policy => policy.RequireRole(nameof(Role.Engineer)));
        options.AddPolicy(Approver, policy => policy.RequireRole(nameof(Role.Approver)));
        options.AddPolicy(Auditor, policy => policy.RequireRole(nameof(Role.Auditor), nameof(Role.Admin)));
        options.AddPolicy(Feedback, policy => policy.RequireRole(nameof(Role.Labeler), nameof(Role.Engineer)));
        options.AddPolicy(Admin, policy => policy.RequireRole(nameof(Role.Admin)));
        options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build();
    }
}
