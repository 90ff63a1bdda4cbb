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

    /// <summary>Engineer or Admin: bringing and removing the sample workspace.</summary>
    public const string Samples = nameof(Samples);

    /// <summary>The policy in words, for the description of the API.</summary>
    internal static string Describe(string policy) => policy switch
    {
        Viewer => "any",
        Auditor => "Auditor or Admin",
        Feedback => "Labeler or Engineer",
        Samples => "Engineer or Admin",
        _ => policy,
    };

    internal static void Add(AuthorizationOptions options)
    {
        options.AddPolicy(Viewer, policy => policy.RequireRole(Enum.GetNames<Role>()));
        options.AddPolicy(Labeler, policy => policy.RequireRole(nameof(Role.Labeler)));
        options.AddPolicy(Engineer, policy => policy.RequireRole(nameof(Role.Engineer)));
        options.AddPolicy(Approver, policy => policy.RequireRole(nameof(Role.Approver)));
        options.AddPolicy(Auditor, policy => policy.RequireRole(nameof(Role.Auditor), nameof(Role.Admin)));
        options.AddPolicy(Feedback, policy => policy.RequireRole(nameof(Role.Labeler), nameof(Role.Engineer)));
        options.AddPolicy(Samples, policy => policy.RequireRole(nameof(Role.Engineer), nameof(Role.Admin)));
        options.AddPolicy(Admin, policy => policy.RequireRole(nameof(Role.Admin)));
        options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireAssertion(NothingThere).Build();
    }

    /// <summary>
    /// A route that names no role is refused. Where there is no route at all, or not for this method or media type, the
    /// answer to somebody known is 404, 405 or 415.
    /// </summary>
    private static bool NothingThere(AuthorizationHandlerContext context) =>
        context.Resource is HttpContext http && http.GetEndpoint() is not RouteEndpoint;
}
