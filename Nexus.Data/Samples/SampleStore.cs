using Microsoft.EntityFrameworkCore;
using Nexus.Data.Audit;
using Nexus.Data.Identity;
using Nexus.Data.Live;

namespace Nexus.Data.Samples;

/// <summary>Remembers the sample workspace: what it is called, how far it is made, whether its traffic runs. Changes are told on the topic <c>samples</c>.</summary>
public sealed class SampleStore(IDbContextFactory<NexusDb> contexts, SampleMarks marks, LiveEvents live, TimeProvider time)
{
    public const string Topic = "samples";

    private const string Base = "loans";

    /// <returns>Null where there never was one.</returns>
    public async Task<SampleView?> FindAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.SampleWorkspaces.AsNoTracking().FirstOrDefaultAsync(w => w.Id == SampleWorkspace.Only, ct) is { } row ? SampleView.From(row) : null;
    }

    /// <summary>Reserves the names and marks what will bear them; the seeder makes the rest. One that stands or is being made is answered as it is.</summary>
    /// <exception cref="RefusedException">Conflict while the former one is being removed.</exception>
    public async Task<SampleView> BeginAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var view = await db.TransactAsync(() => BeginAsync(db, actor, ct), ct);
        await marks.ReloadAsync(ct);
        live.Publish(Topic, "changed");
        return view;
    }

    public Task ReportAsync(string step, int done, int steps, CancellationToken ct) =>
        ChangeAsync(w => (w.Step, w.StepsDone, w.Steps, w.Error) = (step, done, steps, null), ct);

    public Task ReadyAsync(int steps, CancellationToken ct) => ChangeAsync(
        w =>
        {
            if (w.State == SampleState.Seeding) (w.State, w.Step, w.StepsDone, w.Steps, w.Error, w.ReadyAt) = (SampleState.Ready, "", steps, steps, null, time.GetUtcNow());
        },
        ct);

    public Task FailAsync(string error, CancellationToken ct) => ChangeAsync(w => w.Error = error.Length <= 4000 ? error : error[..3999] + "…", ct);

    /// <exception cref="RefusedException">NotFound where there is no sample workspace.</exception>
    public async Task SetTrafficAsync(DateTimeOffset? until, Actor actor, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var row = await db.SampleWorkspaces.FirstOrDefaultAsync(w => w.State == SampleState.Seeding || w.State == SampleState.Ready, ct)
            ?? throw Refused.NotFound("sample workspace", "of this portal");
        var was = row.TrafficUntil > time.GetUtcNow();
        row.TrafficUntil = until is { } end ? UtcMicroseconds.Truncate(end) : null;
        if (was != until is not null) Ledger.Append(db, actor, until is null ? "sample.traffic-stopped" : "sample.traffic-started", $"agent/{row.Name}", new { until });
        await db.SaveChangesAsync(ct);
        live.Publish(Topic, "traffic");
    }

    /// <summary>From now on it is to go, whatever happens meanwhile.</summary>
    /// <returns>Null where there is nothing to remove.</returns>
    public async Task<SampleView?> BeginRemovalAsync(CancellationToken ct)
    {
        await ChangeAsync(
            w =>
            {
                if (w.State != SampleState.Removed) (w.State, w.TrafficUntil, w.Step, w.Error) = (SampleState.Removing, null, "Removing", null);
            },
            ct);
        return await FindAsync(ct) is { State: SampleState.Removing } view ? view : null;
    }

    private async Task ChangeAsync(Action<SampleWorkspace> change, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        for (var attempt = 1; ; attempt++)
        {
            if (await db.SampleWorkspaces.FirstOrDefaultAsync(w => w.Id == SampleWorkspace.Only, ct) is not { } row) return;
            change(row);
            try
            {
                await db.SaveChangesAsync(ct);
                break;
            }
            catch (DbUpdateConcurrencyException) when (attempt < 5)
            {
                db.ChangeTracker.Clear(); // Its state moved on; look again.
            }
        }

        live.Publish(Topic, "changed");
    }

    private async Task<SampleView> BeginAsync(NexusDb db, Actor actor, CancellationToken ct)
    {
        var row = await db.SampleWorkspaces.FirstOrDefaultAsync(w => w.Id == SampleWorkspace.Only, ct);
        if (row is { State: SampleState.Seeding or SampleState.Ready }) return SampleView.From(row);
        if (row is { State: SampleState.Removing }) throw Refused.Conflict("The former sample workspace is being removed; ask again in a moment.");
        if (row is null) db.SampleWorkspaces.Add(row = new() { State = SampleState.Removed, Name = "", Engineer = "", Approver = "", CreatedAt = time.GetUtcNow() });
        row.CreatedAt = UtcMicroseconds.Truncate(time.GetUtcNow());
        (row.State, row.Step, row.StepsDone, row.Steps, row.Error, row.ReadyAt, row.TrafficUntil) = (SampleState.Seeding, "Beginning", 0, 0, null, null, null);
        row.Name = await FreeNameAsync(db, ct);
        row.Engineer = await FreePersonAsync(db, "mara.lind", ct);
        row.Approver = await FreePersonAsync(db, "jon.aho", ct);
        foreach (var subject in (string[])[$"dataset/{row.Name}", $"pipeline/{row.Name}", $"model/{row.Name}", $"agent/{row.Name}", $"person/{row.Engineer}", $"person/{row.Approver}"])
            db.SampleThings.Add(new() { Subject = subject, CreatedAt = row.CreatedAt });
        Ledger.Append(db, actor, "sample.added", "sample/workspace", new { name = row.Name });
        await db.SaveChangesAsync(ct);
        return SampleView.From(row);
    }

    /// <summary>A name that nothing of anybody bears.</summary>
    private static async Task<string> FreeNameAsync(NexusDb db, CancellationToken ct)
    {
        for (var number = 1; ; number++)
        {
            var name = number == 1 ? Base : $"{Base}-{number}";
            if (!await db.Datasets.AnyAsync(d => d.Name == name, ct) && !await db.Pipelines.AnyAsync(p => p.Name == name, ct)
                && !await db.Models.AnyAsync(m => m.Name == name, ct) && !await db.Agents.AnyAsync(a => a.Name == name, ct)) return name;
        }
    }

    private static async Task<string> FreePersonAsync(NexusDb db, string wanted, CancellationToken ct)
    {
        for (var number = 1; ; number++)
        {
            var name = number == 1 ? wanted : $"{wanted}-{number}";
            var normalized = name.ToUpperInvariant();
            if (!await db.Users.AnyAsync(p => p.NormalizedUserName == normalized, ct)) return name;
        }
    }
}
