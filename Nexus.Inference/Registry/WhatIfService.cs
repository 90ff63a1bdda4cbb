using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nexus.Data;
using Nexus.Data.Registry;
using Nexus.Inference.Agents;
using Nexus.Inference.Onnx;

namespace Nexus.Inference.Registry;

/// <summary>Lets a person ask a version about inputs that they made up. Nothing is journaled: nobody acts on these answers.</summary>
public sealed class WhatIfService(WarmSessions sessions, ModelCatalog catalog)
{
    /// <summary>Points of a sweep at most.</summary>
    public const int MostPoints = 100;

    /// <param name="inputs">Feature → value, as a decide call takes them; what is absent is missing.</param>
    /// <exception cref="RefusedException">NotFound; Invalid, naming the feature.</exception>
    public async Task<WhatIfAnswer> AskAsync(string model, int version, JsonObject inputs, CancellationToken ct) =>
        (await AskAllAsync(model, version, [inputs], ct))[0];

    /// <summary>One feature over the values, all other inputs as they are.</summary>
    /// <inheritdoc cref="AskAsync"/>
    public async Task<IReadOnlyList<WhatIfPoint>> SweepAsync(
        string model, int version, JsonObject inputs, string feature, IReadOnlyList<JsonNode?> values, CancellationToken ct)
    {
        if (values.Count is 0 or > MostPoints) throw Refused.Invalid("sweep.values", $"A sweep has 1 to {MostPoints} values.");
        var answers = await AskAllAsync(model, version, [.. values.Select(v => With(inputs, feature, v))], ct);
        return [.. values.Zip(answers, (v, a) => new WhatIfPoint(v, a))];
    }

    private async Task<IReadOnlyList<WhatIfAnswer>> AskAllAsync(string model, int version, IReadOnlyList<JsonObject> all, CancellationToken ct)
    {
        await catalog.GetVersionAsync(model, version, ct);
        var (session, trainedHere) = await sessions.EnterAsync(model, version, ct);
        try
        {
            if (!session.IsRowWise) throw Refused.Invalid("The model takes tensors of one size only, not features by name.");
            return await Task.Run(
                () =>
                {
                    var answers = new List<WhatIfAnswer>(all.Count);
                    foreach (var inputs in all)
                    {
                        ct.ThrowIfCancellationRequested();
                        answers.Add(Ask(session, trainedHere, inputs));
                    }

                    return answers;
                },
                ct);
        }
        finally
        {
            session.Leave();
        }
    }

    private static WhatIfAnswer Ask(ModelSession session, bool trainedHere, JsonObject inputs)
    {
        var slot = session.Rent(1);
        try
        {
            slot.Prepare(1);
            Fill(slot, trainedHere, inputs);
            slot.Run(1);
            return Read(session, slot);
        }
        finally
        {
            session.Return(slot);
        }
    }

    private static void Fill(InferenceSlot slot, bool trainedHere, JsonObject inputs)
    {
        var values = new FeatureReader(trainedHere);
        var used = 0;
        foreach (var input in slot.Inputs)
        {
            if (!inputs.TryGetPropertyValue(input.Port.Name, out var value))
            {
                values.Miss(input);
                continue;
            }

            used++;
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(value?.ToJsonString() ?? "null"));
            reader.Read();
            values.Read(ref reader, input);
        }

        if (used == inputs.Count) return;
        var known = slot.Inputs.ToArray().Select(i => i.Port.Name).ToHashSet(StringComparer.Ordinal);
        var foreign = inputs.First(i => !known.Contains(i.Key)).Key;
        throw Refused.Invalid($"inputs.{foreign}", $"The model has no input '{foreign}'; it has {string.Join(", ", known.Take(40))}.");
    }

    private static WhatIfAnswer Read(ModelSession session, InferenceSlot slot)
    {
        var reading = session.Reading;
        var scores = reading.Scores < 0 ? [] : Enumerable.Range(0, Math.Max(1, reading.Classes.Count)).Select(c => Number(slot.Outputs[reading.Scores], c)).ToArray();
        if (reading.IsValue) return new(null, new Dictionary<string, double>(), scores is [var value] && double.IsFinite(value) ? value : null);
        var byClass = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var c = 0; c < scores.Length; c++) if (double.IsFinite(scores[c])) byClass[reading.Classes[c]] = scores[c];
        return new(reading.Label >= 0 ? Label(slot.Outputs[reading.Label]) : byClass.Count == 0 ? null : byClass.MaxBy(s => s.Value).Key, byClass, null);
    }

    private static double Number(OutputBuffer output, int at) => output.Port.Datatype switch
    {
        Datatype.FP64 => output.Values<double>()[at],
        Datatype.FP16 => (double)output.Values<Half>()[at],
        _ => output.Values<float>()[at],
    };

    private static string? Label(OutputBuffer output) => output.Port.Datatype switch
    {
        Datatype.Bytes => Encoding.UTF8.GetString(output.Text(0)),
        Datatype.Int32 => $"{output.Values<int>()[0]}",
        Datatype.Int64 => $"{output.Values<long>()[0]}",
        Datatype.Bool => output.Values<byte>()[0] != 0 ? "true" : "false",
        _ => null,
    };

    private static JsonObject With(JsonObject inputs, string feature, JsonNode? value)
    {
        var changed = (JsonObject)inputs.DeepClone();
        changed[feature] = value?.DeepClone();
        return changed;
    }
}
