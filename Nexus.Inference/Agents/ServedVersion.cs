using System.Text;
using System.Text.Json;
using Nexus.Inference.Onnx;

namespace Nexus.Inference.Agents;

/// <summary>One model version as one agent serves it: everything a request needs, read once.</summary>
public sealed class ServedVersion
{
    internal ServedVersion(Guid agentId, string agent, string model, int number, bool trainedHere, ModelSession session)
    {
        (Model, Number, TrainedHere, Session) = (model, number, trainedHere, session);
        AgentTag = InferenceTelemetry.Agent(agent);
        Features = new(session.Inputs);
        Schema = DecisionSchema.Of(agentId, agent, model, number, session);
        EncodedClasses = [.. session.Reading.Classes.Select(SchemaText.Encode)];
        NumberText = Encoding.UTF8.GetBytes(number.ToString());
    }

    public string Model { get; }

    public int Number { get; }

    public ModelSession Session { get; }

    /// <summary>An input by its UTF-8 name; −1 for none.</summary>
    /// <param name="likely">Where it stands if the request keeps the model's order.</param>
    public int IndexOf(ReadOnlySpan<byte> name, int likely) => Features.Find(name, likely);

    internal KeyValuePair<string, object?> AgentTag { get; }

    internal FeatureTable Features { get; }

    internal DecisionSchema Schema { get; }

    /// <summary>The classes, as the answer's JSON has them.</summary>
    public JsonEncodedText[] EncodedClasses { get; }

    /// <summary>The number as protocols write it.</summary>
    public byte[] NumberText { get; }

    /// <summary>Whether our own writer made it, so that what is missing has a value the model knows.</summary>
    internal bool TrainedHere { get; }
}
