namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>The graph that follows from the steps' inputs.</summary>
internal static class StepGraph
{
    /// <summary>Checks every input and puts the steps in order: inputs first, else as in the text. What lies in a circle is left out.</summary>
    public static IReadOnlyList<StepDraft> Order(IReadOnlyList<StepDraft> steps, List<PipelineProblem> problems)
    {
        var byName = steps.ToDictionary(s => s.Name);
        foreach (var step in steps) CheckInputs(step, byName, problems);

        var ordered = new List<StepDraft>();
        var done = new HashSet<string>();
        while (steps.FirstOrDefault(s => !done.Contains(s.Name) && Sources(s, byName).All(done.Contains)) is { } next)
        {
            ordered.Add(next);
            done.Add(next.Name);
        }

        if (ordered.Count < steps.Count) problems.Add(Circle(steps.First(s => !done.Contains(s.Name)), byName, done));
        else foreach (var step in ordered) CheckKinds(step, byName, problems);
        return ordered;
    }

    /// <summary>The kind that a step answers; null where it cannot be told.</summary>
    public static string? KindOf(StepDraft step, IReadOnlyDictionary<string, StepDraft> steps, int depth = 0)
    {
        if (step.Component is not { } component) return null;
        if (component.OutputKind is { } kind) return kind;
        var data = step.Inputs.FirstOrDefault(i => i.Name == "data");
        return depth < steps.Count && data is not null && steps.TryGetValue(data.From, out var from) ? KindOf(from, steps, depth + 1) : null;
    }

    private static IEnumerable<string> Sources(StepDraft step, Dictionary<string, StepDraft> steps) =>
        step.Inputs.Select(i => i.From).Where(steps.ContainsKey).Distinct();

    private static void CheckInputs(StepDraft step, Dictionary<string, StepDraft> steps, List<PipelineProblem> problems)
    {
        var known = step.Component?.Inputs.Keys.Select(k => k.TrimEnd('?')).ToList();
        foreach (var input in step.Inputs)
        {
            if (!steps.ContainsKey(input.From)) problems.Add(PipelineProblem.At(input.Node, $"There is no step '{input.From}'.", Suggestion.For(input.From, steps.Keys)));
            if (known is null || known.Contains(input.Name)) continue;
            var takes = known.Count == 0 ? "takes no inputs" : $"takes {string.Join(", ", known)}";
            problems.Add(PipelineProblem.At(input.NamePlace, input.Node, $"'{step.ComponentName}' has no input '{input.Name}'; it {takes}.", Suggestion.For(input.Name, known)));
        }

        foreach (var needed in step.Component?.Inputs.Keys.Where(k => !k.EndsWith('?')) ?? [])
        {
            if (step.Inputs.All(i => i.Name != needed)) problems.Add(PipelineProblem.At(step.NamePlace, step.Node, $"'{step.Name}' needs the input '{needed}'."));
        }
    }

    private static void CheckKinds(StepDraft step, Dictionary<string, StepDraft> steps, List<PipelineProblem> problems)
    {
        foreach (var input in step.Inputs)
        {
            if (step.Component is not { } component || !steps.TryGetValue(input.From, out var from)) continue;
            var wanted = component.Inputs.GetValueOrDefault(input.Name) ?? component.Inputs.GetValueOrDefault(input.Name + "?");
            if (wanted is null || KindOf(from, steps) is not { } kind || kind == wanted) continue;
            problems.Add(PipelineProblem.At(
                input.Node,
                $"The input '{input.Name}' takes {wanted}, but '{input.From}' answers {kind}.",
                steps.Values.Where(s => s.Name != step.Name && KindOf(s, steps) == wanted).Select(s => s.Name).LastOrDefault()));
        }
    }

    private static PipelineProblem Circle(StepDraft start, Dictionary<string, StepDraft> steps, HashSet<string> done)
    {
        var way = new List<(StepDraft Step, InputDraft Edge)>();
        for (var at = start; ;)
        {
            var edge = at.Inputs.First(i => steps.ContainsKey(i.From) && !done.Contains(i.From));
            way.Add((at, edge));
            at = steps[edge.From];
            if (way.FindIndex(w => w.Step == at) is var again and >= 0)
            {
                var circle = way.Skip(again).ToList();
                // An override that closed the circle is at fault rather than the text.
                var fault = circle.Select(c => c.Edge).LastOrDefault(e => e.Node.Override is not null) ?? circle[^1].Edge;
                var names = string.Join(" → ", circle.Select(c => c.Step.Name).Append(at.Name));
                return PipelineProblem.At(fault.Node, $"The inputs go round in a circle: {names}.");
            }
        }
    }
}
