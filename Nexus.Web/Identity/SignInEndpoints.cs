using Microsoft.AspNetCore.Identity;
using Nexus.Data.Identity;

namespace Nexus.Web.Identity;

internal static class SignInEndpoints
{
    public static void MapSignIn(this IEndpointRouteBuilder app) =>
        app.MapPost("/sign-out", SignOut).RequireAuthorization(Policies.Viewer);

    private static async Task<IResult> SignOut(SignInManager<Person> signIn)
    {
        await signIn.SignOutAsync();
        return TypedResults.LocalRedirect("~/sign-in");
    }
}
