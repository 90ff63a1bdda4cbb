using System.Text.Json;
using System.Text.Json.Nodes;

namespace Nexus.Jobs.Training;

/// <summary>A trainer's parameters with what was given and, for the rest, the defaults.</summary>
internal sealed class TrainerSettings(IReadOnlyList<TrainerParameter> known, JsonObject? given)
{
    public double Number(string name) => (double)Value(name);

    public int Count(string name) => (int)Number(name);

    public string Text(string name) => (string)Value(name);

    /// <summary>(name, message) of what the trainer does not take.</summary>
    public IEnumerable<(string Name, string Message)> Problems(string trainer)
    {
        foreach (var (name, node) in given ?? [])
        {
            var parameter = known.FirstOrDefault(p => p.Name == name);
            var problem = parameter is null
                ? $"'{name}' is not a parameter of {trainer}; it knows {string.Join(", ", known.Select(p => p.Name))}."
                : parameter.Problem(Plain(node));
            if (problem is not null) yield return (name, problem);
        }
    }

    /// <summary>All of them, for the record.</summary>
    public JsonObject ToJson() => new([.. known.Select(p => KeyValuePair.Create(p.Name, (JsonNode?)JsonSerializer.SerializeToNode(Value(p.Name))))]);

    private object Value(string name) =>
        given?[name] is { } node ? Plain(node)! : known.First(p => p.Name == name).Default;

    private static object? Plain(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.Number => node.Deserialize<double>(),
        JsonValueKind.String => node.GetValue<string>(),
        JsonValueKind.True or JsonValueKind.False => node.GetValue<bool>(),
        _ => null,
    };
}
