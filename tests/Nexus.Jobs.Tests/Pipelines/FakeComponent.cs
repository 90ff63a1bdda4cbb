using System.Text.Json.Nodes;
using Nexus.Jobs.Pipelines;

namespace Nexus.Jobs.Tests.Pipelines;

/// <summary>A component whose work is a delegate of the test, and that counts how often it worked.</summary>
internal sealed class FakeComponent(string name) : IComponent
{
    private int _calls;

    public string Name { get; } = name;
    public string CodeVersion { get; set; } = "1";
    public string Summary => $"The fake {Name}.";
    public IReadOnlyDictionary<string, string> Inputs { get; init; } = new Dictionary<string, string>();
    public string? OutputKind { get; init; } = StepKinds.Table;
    public bool Cacheable { get; init; } = true;
    public string Schema { get; init; } = """
        {
          "type": "object", "additionalProperties": false,
          "properties": {
            "value": { "type": "integer", "description": "Any number.", "minimum": 0, "default": 1 },
            "mode": { "enum": ["fast", "slow"] },
            "dataset": { "type": "string" },
            "params": { "type": "object", "additionalProperties": false, "properties": {
              "leaves": { "type": "integer", "minimum": 2 }, "learningRate": { "type": "number" } } },
            "features": { "type": "array", "items": { "type": "string" } }
          }
        }
        """;

    public Func<StepContext, CancellationToken, Task<StepOutput>>? Work { get; set; }
    public Func<JsonObject>? Resolve { get; set; }
    public int Calls => _calls;

    public Task<JsonObject> ResolveAsync(StepContext step, CancellationToken ct) => Task.FromResult(Resolve?.Invoke() ?? []);

    public Task<StepOutput> RunAsync(StepContext step, CancellationToken ct)
    {
        Interlocked.Increment(ref _calls);
        return Work is null ? Task.FromResult(Output(step)) : Work(step, ct);
    }

    public StepOutput Output(StepContext step, params (string Name, string Digest)[] blobs) => new(
        OutputKind ?? StepKinds.Table, blobs.ToDictionary(b => b.Name, b => b.Digest), new JsonObject { ["from"] = Name, ["with"] = step.With.DeepClone() });
}
