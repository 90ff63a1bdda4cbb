using System.Text.Json.Nodes;

namespace Nexus.Jobs.Pipelines;

/// <summary>
/// A kind of step. One class in one file, registered in one line. It reads its inputs and parameters from the step, and
/// answers blobs and facts; it keeps no state, so that a step can run again after its process died.
/// </summary>
public interface IComponent
{
    /// <summary>As the pipeline document names it: <c>train</c>.</summary>
    string Name { get; }

    /// <summary>Changes whenever the same inputs and parameters could give another output; a part of the cache key.</summary>
    string CodeVersion { get; }

    /// <summary>One sentence for completion and hover.</summary>
    string Summary { get; }

    /// <summary>Input name → kind of output it takes (<see cref="StepOutput.Kind"/>); a name that ends in <c>?</c> may be absent.</summary>
    IReadOnlyDictionary<string, string> Inputs { get; }

    /// <summary>The kind that it answers; null where it answers the kind of its input <c>data</c>.</summary>
    string? OutputKind { get; }

    /// <summary>False where it acts on the world: it works in every run, and begins only once all steps before it have succeeded.</summary>
    bool Cacheable { get; }

    /// <summary>JSON Schema of <c>with</c>, strict (<c>additionalProperties: false</c>), with descriptions.</summary>
    string Schema { get; }

    /// <summary>What the schema cannot say, checked before anything runs: (path within <c>with</c>, message).</summary>
    IEnumerable<(string Path, string Message)> Check(JsonObject with) => [];

    /// <summary>
    /// What the outcome depends on beside inputs and parameters, resolved when the step is about to run: the dataset version
    /// that <c>ingest</c> will read, the Production version that <c>evaluate</c> compares with. A part of the cache key.
    /// </summary>
    Task<JsonObject> ResolveAsync(StepContext step, CancellationToken ct) => Task.FromResult(new JsonObject());

    /// <exception cref="Nexus.Data.RefusedException">The step failed for a reason that its author can mend.</exception>
    Task<StepOutput> RunAsync(StepContext step, CancellationToken ct);
}
