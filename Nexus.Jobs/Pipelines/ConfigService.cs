using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Audit;
using Nexus.Data.Identity;
using Nexus.Data.Live;
using Nexus.Data.Pipelines;
using Nexus.Jobs.Pipelines.Documents;
using Nexus.Jobs.Pipelines.Documents.Composing;

namespace Nexus.Jobs.Pipelines;

/// <summary>Keeps the texts of configs; only what reads, and whose own defaults lead somewhere, is kept.</summary>
public sealed class ConfigService
{
    private const int MaxUsers = 100;
    private readonly IDbContextFactory<NexusDb> _contexts;
    private readonly PipelineComposer _composer;
    private readonly LiveEvents _live;
    private readonly TimeProvider _time;

    internal ConfigService(IDbContextFactory<NexusDb> contexts, PipelineComposer composer, LiveEvents live, TimeProvider time) =>
        (_contexts, _composer, _live, _time) = (contexts, composer, live, time);

    /// <summary>What is wrong with a text that is being written.</summary>
    /// <param name="path"><c>data/elec2</c>; a nested group has more parts.</param>
    public async Task<IReadOnlyList<PipelineProblem>> CheckAsync(string path, string yaml, CancellationToken ct)
    {
        var (group, name) = Split(path);
        return (await _composer.CheckConfigAsync(new(group, name, 0, yaml), ct)).Problems;
    }

    /// <summary>Keeps a text as the newest revision; the newest text again is the same revision.</summary>
    /// <param name="expected">The revision that the text was written over, 0 for none; null: whatever there is.</param>
    /// <exception cref="RefusedException">Invalid, with line and column; Conflict where somebody else wrote at the same time, or since.</exception>
    public async Task<PutConfig> PutAsync(string path, string yaml, Actor actor, CancellationToken ct, int? expected = null)
    {
        actor.DemandUnlessSystem(Role.Engineer);
        var (group, name) = Split(path);
        var (problems, configs) = await _composer.CheckConfigAsync(new(group, name, 0, yaml), ct);
        if (problems.Count > 0) throw PipelineComposer.Refuse(problems, null);
        await using var db = await _contexts.CreateDbContextAsync(ct);
        var config = await db.Configs.FirstOrDefaultAsync(c => c.Path == path, ct);
        var created = config is null or { DeletedAt: not null };
        var digest = CanonicalJson.Digest(yaml);
        if (config is null)
        {
            config = new() { Id = Ids.New(_time), Group = group, Name = name, Path = path, CreatedAt = _time.GetUtcNow(), CreatedBy = actor.Name };
            db.Configs.Add(config);
        }
        else if (!created && await db.ConfigRevisions.AnyAsync(r => r.ConfigId == config.Id && r.Revision == config.Revision && r.Digest == digest, ct))
        {
            return new(path, config.Revision, false);
        }

        var current = created ? 0 : config.Revision;
        if (expected is { } over && over != current)
        {
            var newest = await db.ConfigRevisions.Where(r => r.ConfigId == config.Id && r.Revision == current).Select(r => new { r.CreatedBy, r.CreatedAt }).FirstOrDefaultAsync(ct);
            throw OverwrittenRevision.Refusal($"config '{path}'", over, current, newest?.CreatedBy, newest?.CreatedAt);
        }

        (config.Revision, config.DeletedAt) = (config.Revision + 1, null);
        db.ConfigRevisions.Add(new() { Id = Ids.New(_time), ConfigId = config.Id, Revision = config.Revision, Yaml = yaml, Digest = digest, CreatedAt = _time.GetUtcNow(), CreatedBy = actor.Name });
        await ConfigUses.WriteAsync(db, $"config/{path}", configs, ct);
        Ledger.Append(db, actor, created ? "config.created" : "config.changed", $"config/{path}", new { revision = config.Revision, digest });
        await SaveAsync(db, path, ct);
        return new(path, config.Revision, created);
    }

    /// <summary>By path.</summary>
    /// <param name="group">Of that group alone; null: all.</param>
    public async Task<Page<ConfigItem>> ListAsync(string? group, PageRequest page, CancellationToken ct)
    {
        await using var db = await _contexts.CreateDbContextAsync(ct);
        var query = db.Configs.AsNoTracking().Where(c => c.DeletedAt == null);
        if (group is not null) query = query.Where(c => c.Group == group);
        var configs = await query.ToPageByNameAsync(c => c.Path, page, ct);
        var paths = configs.Items.Select(c => c.Path).ToList();
        var users = await db.ConfigUses.Where(u => paths.Contains(u.Path)).GroupBy(u => u.Path).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return configs.Select(c => new ConfigItem(c.Path, c.Group, c.Name, c.Revision, users.GetValueOrDefault(c.Path), c.CreatedAt, c.CreatedBy));
    }

    /// <summary>Whether a config is there now; one that was deleted is not.</summary>
    public async Task<bool> ExistsAsync(string path, CancellationToken ct)
    {
        await using var db = await _contexts.CreateDbContextAsync(ct);
        return await db.Configs.AnyAsync(c => c.Path == path && c.DeletedAt == null, ct);
    }

    /// <param name="revision">Null: the newest. An older one is there even where the config was deleted since: runs name it.</param>
    /// <exception cref="RefusedException">NotFound.</exception>
    public async Task<ConfigView> GetAsync(string path, int? revision, CancellationToken ct)
    {
        await using var db = await _contexts.CreateDbContextAsync(ct);
        var config = await db.Configs.AsNoTracking().FirstOrDefaultAsync(c => c.Path == path, ct);
        if (config is null || (config.DeletedAt is not null && revision is null)) throw Refused.NotFound("config", path);
        var wanted = revision ?? config.Revision;
        var text = await db.ConfigRevisions.AsNoTracking().FirstOrDefaultAsync(r => r.ConfigId == config.Id && r.Revision == wanted, ct)
            ?? throw Refused.NotFound("revision", wanted);
        var users = await db.ConfigUses.Where(u => u.Path == path).OrderBy(u => u.User).Select(u => u.User).Take(MaxUsers).ToListAsync(ct);
        return new(path, config.Group, config.Name, wanted, config.Revision, text.Yaml, text.Digest, users, config.CreatedAt, config.CreatedBy, text.CreatedAt, text.CreatedBy);
    }

    /// <summary>Newest first.</summary>
    /// <exception cref="RefusedException">NotFound.</exception>
    public async Task<Page<PipelineRevisionItem>> RevisionsAsync(string path, PageRequest page, CancellationToken ct)
    {
        await using var db = await _contexts.CreateDbContextAsync(ct);
        var id = await db.Configs.Where(c => c.Path == path).Select(c => (Guid?)c.Id).FirstOrDefaultAsync(ct) ?? throw Refused.NotFound("config", path);
        return (await db.ConfigRevisions.AsNoTracking().Where(r => r.ConfigId == id).ToPageAsync(r => r.CreatedAt, r => r.Id, page, ct))
            .Select(r => new PipelineRevisionItem(r.Revision, r.Digest, r.CreatedAt, r.CreatedBy));
    }

    /// <exception cref="RefusedException">NotFound; Conflict where a pipeline or config is composed of it now.</exception>
    public async Task DeleteAsync(string path, Actor actor, CancellationToken ct)
    {
        actor.DemandUnlessSystem(Role.Engineer);
        await using var db = await _contexts.CreateDbContextAsync(ct);
        var config = await db.Configs.FirstOrDefaultAsync(c => c.Path == path && c.DeletedAt == null, ct) ?? throw Refused.NotFound("config", path);
        var users = await db.ConfigUses.Where(u => u.Path == path).OrderBy(u => u.User).Select(u => u.User).Take(6).ToListAsync(ct);
        if (users.Count > 0) throw Refused.Conflict($"'{path}' is used by {string.Join(", ", users.Take(5))}{(users.Count > 5 ? " and more" : "")}.");
        config.DeletedAt = _time.GetUtcNow();
        await ConfigUses.WriteAsync(db, $"config/{path}", [], ct);
        Ledger.Append(db, actor, "config.deleted", $"config/{path}", new { revision = config.Revision });
        await SaveAsync(db, path, ct);
    }

    /// <summary>The groups that there are, and the options of one of them.</summary>
    public async Task<IReadOnlyList<string>> OptionsAsync(string group, CancellationToken ct) => await new ConfigStore(_contexts).OptionsAsync(group, ct);

    private async Task SaveAsync(NexusDb db, string path, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw Refused.Conflict("Somebody else changed this config at the same time. Read it again.");
        }

        _live.Publish("configs", "changed", new { path });
    }

    private static (string Group, string Name) Split(string path)
    {
        var slash = path.LastIndexOf('/');
        if (slash <= 0 || !DefaultsList.IsGroup(path[..slash]) || !Names.IsName(path[(slash + 1)..]) || slash > Config.MaxGroupLength)
            throw Refused.Invalid("path", $"'{(path.Length <= 80 ? path : path[..80] + "…")}' is not a config's path: group/name, each of lower-case letters, digits and hyphens.");
        return (path[..slash], path[(slash + 1)..]);
    }
}
