using System.Text.Json.Serialization;
using Nexus.Inference.Onnx;

namespace Nexus.Inference.Agents;

/// <summary>What a served version's decisions look like; written once into each segment of the journal that holds some.</summary>
/// <param name="Task">binary, multiclass, regression; null where an uploaded model does not tell.</param>
/// <param name="Inputs">In the order of the ONNX's inputs.</param>
/// <param name="Classes">In the order of the scores; empty for regression.</param>
/// <param name="Scores">Scores per row; 0 where the model gives none.</param>
/// <param name="Wide">Whether scores are FP64.</param>
public sealed record DecisionSchema(
    Guid AgentId,
    string Agent,
    string Model,
    int ModelVersion,
    string? Task,
    IReadOnlyList<DecisionSchema.Input> Inputs,
    IReadOnlyList<string> Classes,
    int Scores,
    bool Wide)
{
    /// <summary>One input.</summary>
    public sealed record Input(string Name, [property: JsonConverter(typeof(JsonStringEnumConverter<Datatype>))] Datatype Datatype);

    [JsonIgnore]
    internal JournalMark Mark { get; } = new();

    /// <summary>Of the drain, which is one.</summary>
    [JsonIgnore]
    internal SchemaText Text => field ??= new(this);

    internal static DecisionSchema Of(Guid agentId, string agent, string model, int version, ModelSession session)
    {
        var scores = session.Reading.Scores < 0 ? null : session.Outputs[session.Reading.Scores];
        return new(
            agentId, agent, model, version, session.Reading.Task,
            [.. session.Inputs.Select(i => new Input(i.Name, i.Datatype))],
            session.Reading.Classes, scores?.RowElements ?? 0, scores?.Datatype == Datatype.FP64);
    }
}
