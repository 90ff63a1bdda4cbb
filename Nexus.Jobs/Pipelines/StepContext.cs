using System.Text.Json.Nodes;
using Nexus.Data;
using Nexus.Data.Identity;
using Nexus.Data.Registry;

namespace Nexus.Jobs.Pipelines;

/// <summary>What a component is given: who, what, and where to tell of it. Blobs and services come by the component's constructor.</summary>
public sealed class StepContext
{
    public required Guid RunId { get; init; }
    public required string Pipeline { get; init; }
    public required int Revision { get; init; }
    public required string Step { get; init; }
    public required int Attempt { get; init; }

    /// <summary>Who started the run.</summary>
    public required Actor Actor { get; init; }

    /// <summary>The resolved parameters.</summary>
    public required JsonObject With { get; init; }

    /// <summary>Input name → the output it is bound to.</summary>
    public required IReadOnlyDictionary<string, StepOutput> Inputs { get; init; }

    /// <summary>What <see cref="IComponent.ResolveAsync"/> answered.</summary>
    public JsonObject Resolved { get; init; } = [];

    /// <summary>An empty folder of its own, gone after the step.</summary>
    public required string WorkDirectory { get; init; }

    /// <summary>Inside a transaction that changes more than the step's own: holds the run, or throws where another worker has it by now.</summary>
    public Func<NexusDb, CancellationToken, Task> Fence { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>One line to the step's log.</summary>
    public required Action<string> Log { get; init; }

    /// <summary>(key, value, step): one point of a metric's history.</summary>
    public required Action<string, double, long> Metric { get; init; }

    /// <summary>The run's results, for a step that fails by what they are; one that succeeds answers them.</summary>
    public Action<IReadOnlyDictionary<string, MetricEstimate>> Results { get; init; } = _ => { };

    /// <summary>(fraction 0…1 or null, words).</summary>
    public required Action<double?, string> Progress { get; init; }
}
