using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Identity;
using Nexus.Data.Samples;

namespace Nexus.Jobs.Samples;

/// <summary>The two people of the sample: one asks, another signs. They have no password and no key, so nobody is let in as them.</summary>
internal sealed class SamplePeople(PersonService people, IDbContextFactory<NexusDb> contexts)
{
    private static readonly Actor Hiring = new(Actor.System.Name, new HashSet<Role> { Role.Admin });

    public static Actor Engineer(SampleView sample) => new(sample.Engineer, new HashSet<Role> { Role.Engineer });

    public static Actor Approver(SampleView sample) => new(sample.Approver, new HashSet<Role> { Role.Approver });

    public async Task EnsureAsync(SampleView sample, CancellationToken ct)
    {
        await HireAsync(new(sample.Engineer, "Mara Lind", [Role.Engineer]), ct);
        await HireAsync(new(sample.Approver, "Jon Aho", [Role.Approver]), ct);
    }

    private async Task HireAsync(NewPerson person, CancellationToken ct)
    {
        try
        {
            await people.CreateAsync(person, Hiring, ct);
        }
        catch (RefusedException refused) when (refused.Kind == RefusalKind.Conflict)
        {
            return; // Made before a restart.
        }

        // The link by which a password would be set is nobody's.
        await using var db = await contexts.CreateDbContextAsync(ct);
        var normalized = person.UserName.ToUpperInvariant();
        await db.SetupLinks.Where(l => db.Users.Any(u => u.Id == l.PersonId && u.NormalizedUserName == normalized)).ExecuteDeleteAsync(ct);
    }
}
