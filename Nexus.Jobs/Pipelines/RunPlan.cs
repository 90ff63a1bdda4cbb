using System.Text.Json.Nodes;
using Nexus.Data;
using Nexus.Data.Pipelines;
using Nexus.Jobs.Pipelines.Documents;

namespace Nexus.Jobs.Pipelines;

/// <summary>
/// What of a run is done and what may begin: a step whose inputs are there. One that acts on the world begins only once every step
/// before it, in the order of execution, has succeeded: what fails beside it must be able to keep it from acting.
/// </summary>
internal sealed class RunPlan
{
    private readonly IReadOnlyList<RunStep> _steps;
    private readonly Dictionary<Guid, PipelineStep> _documents;
    private readonly Dictionary<string, StepOutput> _outputs = new(StringComparer.Ordinal);
    private readonly HashSet<Guid> _begun = [];
    private readonly ComponentCatalog _components;

    /// <param name="composed">The run's document.</param>
    /// <param name="steps">In the order of execution, as they were left.</param>
    public RunPlan(string composed, IReadOnlyList<RunStep> steps, ComponentCatalog components)
    {
        (_steps, _components) = (steps, components);
        var documents = JsonNode.Parse(composed)!["steps"]!.AsObject();
        _documents = steps.ToDictionary(s => s.Id, s => PipelineStep.From(s.Name, documents[s.Name]!.AsObject()));
        foreach (var step in steps)
        {
            // What had failed when its process ended has failed: only a retry, which makes it pending, lets it run again.
            if (step.Status == StepStatus.Failed) Fail(step, step.Error ?? "It failed.");
            if (step.Status == StepStatus.Succeeded) _outputs[step.Name] = CanonicalJson.Read<StepOutput>(step.Output!);
        }
    }

    /// <summary>The failure that the run ends by, the first there was; nothing begins any more.</summary>
    public string? Error { get; private set; }

    /// <summary>The first step that may begin now; null where none may, or none ever will.</summary>
    public RunStep? Next => Error is null ? _steps.FirstOrDefault(MayBegin) : null;

    /// <summary>Steps that were interrupted, and not by the end of the process.</summary>
    public IEnumerable<RunStep> Interrupted => _steps.Where(s => s.Status == StepStatus.Running);

    public (PipelineStep Document, IReadOnlyDictionary<string, StepOutput> Inputs) Begin(RunStep step)
    {
        _begun.Add(step.Id);
        var document = _documents[step.Id];
        return (document, document.Inputs.ToDictionary(i => i.Key, i => _outputs[i.Value]));
    }

    public void End(RunStep step, StepOutcome outcome)
    {
        if (outcome.Output is { } output) _outputs[step.Name] = output;
        else if (outcome.Error is { } error) Fail(step, error);
    }

    private void Fail(RunStep step, string error) => Error ??= $"{step.Name}: {error}";

    private bool MayBegin(RunStep step)
    {
        if (_outputs.ContainsKey(step.Name) || _begun.Contains(step.Id)) return false;
        var document = _documents[step.Id];
        if (!document.Inputs.Values.All(_outputs.ContainsKey)) return false;
        var acts = _components.Find(document.Component) is { Cacheable: false };
        return !acts || _steps.TakeWhile(s => s != step).All(s => _outputs.ContainsKey(s.Name));
    }
}
