using Microsoft.EntityFrameworkCore;
using Nexus.Data.Audit;
using Nexus.Data.Governance;
using Nexus.Data.Identity;
using Nexus.Data.Live;

namespace Nexus.Data.Registry;

/// <summary>What may change about a registered model: words, tags, aliases, and whether it is there at all.</summary>
public sealed class ModelEditor(IDbContextFactory<NexusDb> contexts, LiveEvents live)
{
    /// <param name="description">Markdown; null leaves it.</param>
    /// <param name="tags">All of them; null leaves them.</param>
    /// <exception cref="RefusedException">Forbidden without the role Engineer; NotFound; Invalid.</exception>
    public Task DescribeAsync(string name, string? description, IReadOnlyDictionary<string, string>? tags, Actor actor, CancellationToken ct)
    {
        ModelText.Check(description, tags);
        return ChangeAsync(
            name,
            actor,
            (db, model) =>
            {
                model.Description = description ?? model.Description;
                model.Tags = tags is null ? model.Tags : CanonicalJson.Write(tags);
                Ledger.Append(db, actor, "model.described", $"model/{name}", new { description, tags });
                return Task.CompletedTask;
            },
            ct);
    }

    /// <inheritdoc cref="DescribeAsync(string, string?, IReadOnlyDictionary{string, string}?, Actor, CancellationToken)"/>
    public Task DescribeAsync(
        string name, int number, string? description, IReadOnlyDictionary<string, string>? tags, Actor actor, CancellationToken ct)
    {
        ModelText.Check(description, tags);
        return ChangeAsync(
            name,
            actor,
            async (db, model) =>
            {
                var version = await VersionAsync(db, model, number, ct);
                version.Description = description ?? version.Description;
                version.Tags = tags is null ? version.Tags : CanonicalJson.Write(tags);
                Ledger.Append(db, actor, "model.described", StageChange.Subject(name, number), new { description, tags });
            },
            ct);
    }

    /// <summary>Points the alias at the version, whatever it pointed at before.</summary>
    /// <exception cref="RefusedException">NotFound; Invalid where the alias would mislead.</exception>
    public Task SetAliasAsync(string name, string alias, int number, Actor actor, CancellationToken ct)
    {
        ModelText.CheckAlias(alias);
        return ChangeAsync(
            name,
            actor,
            async (db, model) =>
            {
                await VersionAsync(db, model, number, ct);
                var existing = await db.ModelAliases.SingleOrDefaultAsync(a => a.ModelId == model.Id && a.Alias == alias, ct);
                if (existing?.Version == number) return;
                Ledger.Append(db, actor, "model.alias-set", StageChange.Subject(name, number), new { alias, before = existing?.Version });
                if (existing is null) db.ModelAliases.Add(new() { ModelId = model.Id, Alias = alias, Version = number });
                else existing.Version = number;
            },
            ct);
    }

    /// <exception cref="RefusedException">NotFound.</exception>
    public Task DeleteAliasAsync(string name, string alias, Actor actor, CancellationToken ct) => ChangeAsync(
        name,
        actor,
        async (db, model) =>
        {
            var existing = await db.ModelAliases.SingleOrDefaultAsync(a => a.ModelId == model.Id && a.Alias == alias, ct)
                ?? throw Refused.NotFound("alias", alias);
            db.ModelAliases.Remove(existing);
            Ledger.Append(db, actor, "model.alias-deleted", StageChange.Subject(name, existing.Version), new { alias });
        },
        ct);

    /// <summary>Deletes a version that nothing uses; its number is never given again.</summary>
    /// <exception cref="RefusedException">NotFound; Conflict, naming what uses it.</exception>
    public Task DeleteVersionAsync(string name, int number, Actor actor, CancellationToken ct) => ChangeAsync(
        name,
        actor,
        async (db, model) =>
        {
            var version = await VersionAsync(db, model, number, ct);
            await RefuseUsedAsync(db, version, ct);
            if (version.RunId is { } run)
            {
                await db.Runs.Where(r => r.Id == run).ExecuteUpdateAsync(
                    r => r.SetProperty(x => x.ModelName, (string?)null).SetProperty(x => x.ModelVersion, (int?)null), ct);
            }

            await db.ModelExplanations.Where(e => e.ModelName == name && e.Version == number).ExecuteDeleteAsync(ct);
            db.ModelVersions.Remove(version);
            Ledger.Append(db, actor, "model.version-deleted", StageChange.Subject(name, number), new { digest = version.Digest, stage = version.Stage, run = version.RunId });
        },
        ct);

    private static async Task RefuseUsedAsync(NexusDb db, ModelVersion version, CancellationToken ct)
    {
        var name = $"{version.ModelName} {version.Version}";
        if (version.Stage is Stage.Production or Stage.Staging) throw Refused.Conflict($"{name} is in {version.Stage}; archive it first.");
        var aliases = await db.ModelAliases.Where(a => a.ModelId == version.ModelId && a.Version == version.Version).Select(a => a.Alias).ToListAsync(ct);
        if (aliases.Count > 0) throw Refused.Conflict($"{name} is named by the alias {string.Join(", ", aliases)}; point it elsewhere first.");
        var subject = StageChange.Subject(version.ModelName, version.Version);
        if (await db.Approvals.AnyAsync(a => a.Subject == subject && a.State == ApprovalState.Pending, ct))
        {
            throw Refused.Conflict($"An approval of {name} is pending; have it decided first.");
        }
    }

    private static async Task<ModelVersion> VersionAsync(NexusDb db, Model model, int number, CancellationToken ct) =>
        await db.ModelVersions.SingleOrDefaultAsync(v => v.ModelId == model.Id && v.Version == number, ct)
        ?? throw Refused.NotFound("version", $"{model.Name}@{number}");

    private async Task ChangeAsync(string name, Actor actor, Func<NexusDb, Model, Task> change, CancellationToken ct)
    {
        actor.Demand(Role.Engineer);
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.TransactAsync(
            async () =>
            {
                var model = await db.Models.SingleOrDefaultAsync(m => m.Name == name, ct) ?? throw Refused.NotFound("model", name);
                await change(db, model);
                return await db.SaveChangesAsync(ct);
            },
            ct);
        live.Publish("models", "changed", new { model = name });
    }
}
