using Microsoft.EntityFrameworkCore;
using Nexus.Data.Audit;
using Nexus.Data.Identity;
using Nexus.Data.Lineage;
using Nexus.Data.Live;
using Nexus.Data.Storage;

namespace Nexus.Data.Agents;

/// <summary>Agents: who they are and which model they follow.</summary>
public sealed class AgentService(IDbContextFactory<NexusDb> contexts, IServedModels served, LiveEvents live, TimeProvider time)
{
    public const int MaxDescription = 4000;

    /// <summary>Makes the agent, or changes its model and description; answers when what it serves is warm.</summary>
    /// <param name="description">Markdown; null leaves it as it is.</param>
    /// <returns>The agent, and whether it is new.</returns>
    /// <exception cref="RefusedException">Invalid, where the name is none or there is no such model.</exception>
    public async Task<(AgentView Agent, bool Created)> PutAsync(string name, string? model, string? description, Actor actor, CancellationToken ct)
    {
        actor.Demand(Role.Engineer);
        Names.Check(name);
        if (string.IsNullOrEmpty(model)) throw Refused.Invalid("model", "model names the model that the agent serves.");
        if (description is { Length: > MaxDescription }) throw Refused.Invalid("description", $"description has at most {MaxDescription} characters.");
        bool created;
        try
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            created = await db.TransactAsync(() => StoreAsync(db, name, model, description, actor, ct), ct); // no promotion comes between
        }
        catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || UniqueViolation.Is(e))
        {
            throw Refused.Conflict($"The agent '{name}' was made or changed by somebody else at the same time.");
        }

        // The change is committed: what follows from it must not stop halfway because the caller hung up.
        await served.RefreshAsync(CancellationToken.None);
        live.Publish("agents", "changed", new { name });
        live.Publish($"agent:{name}", "changed");
        return (await GetAsync(name, ct), created);
    }

    /// <exception cref="RefusedException">NotFound.</exception>
    public async Task<AgentView> GetAsync(string name, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var row = await Rows(db).FirstOrDefaultAsync(r => r.Name == name, ct) ?? throw Refused.NotFound("agent", name);
        return row.View();
    }

    /// <summary>By name.</summary>
    public async Task<Page<AgentView>> ListAsync(PageRequest page, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return (await Rows(db).ToPageByNameAsync(r => r.Name, page, ct)).Select(r => r.View());
    }

    private static IQueryable<Row> Rows(NexusDb db) =>
        from agent in db.Agents.AsNoTracking()
        join model in db.Models on agent.ModelName equals model.Name
        select new Row { Name = agent.Name, Agent = agent, Production = model.ProductionVersion };

    private async Task<bool> StoreAsync(NexusDb db, string name, string model, string? description, Actor actor, CancellationToken ct)
    {
        var production = await db.Models.Where(m => m.Name == model).Select(m => new { m.ProductionVersion }).FirstOrDefaultAsync(ct)
            ?? throw Refused.Invalid("model", $"There is no model '{model}'.");
        var agent = await db.Agents.FirstOrDefaultAsync(a => a.Name == name, ct);
        var created = agent is null;
        var now = UtcMicroseconds.Truncate(time.GetUtcNow());
        if (agent is null)
        {
            db.Agents.Add(agent = new()
            {
                Id = Ids.New(time),
                Name = name,
                ModelName = model,
                Description = description ?? "",
                PlanRevision = 1,
                ServedVersion = production.ProductionVersion,
                CreatedAt = now,
                CreatedBy = actor.Name,
                ChangedAt = now,
            });
        }
        else if (agent.ModelName == model && (description is null || description == agent.Description))
        {
            return false;
        }
        else
        {
            if (agent.ModelName != model) agent.PlanRevision++;
            (agent.ModelName, agent.ServedVersion, agent.Description, agent.ChangedAt) = (model, production.ProductionVersion, description ?? agent.Description, now);
        }

        if (agent.ServedVersion is { } version) await LineageGraph.AddAsync(db, $"model/{model}@{version}", "serves", $"agent/{name}", time, ct);
        Ledger.Append(db, actor, created ? "agent.created" : "agent.changed", $"agent/{name}", new { model, description = agent.Description, revision = agent.PlanRevision });
        await db.SaveChangesAsync(ct);
        return created;
    }

    private sealed class Row
    {
        public required string Name { get; init; }
        public required Agent Agent { get; init; }
        public required int? Production { get; init; }

        public AgentView View() => new(
            Agent.Id, Agent.Name, Agent.Description, Agent.ModelName, Agent.PlanRevision, Production, Agent.CreatedAt, Agent.CreatedBy, Agent.ChangedAt);
    }
}
