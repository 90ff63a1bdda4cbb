using System.Text.RegularExpressions;

namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>The document's own keys; what stands under <c>with</c> is the components' business.</summary>
/// <param name="packages">Keys that composed configs stand under.</param>
internal sealed partial class PipelineGrammar(ComponentCatalog components, List<PipelineProblem> problems, IReadOnlyCollection<string>? packages = null)
{
    internal static readonly string[] RootKeys = ["name", "description", "defaults", "params", "steps"];
    internal static readonly string[] StepKeys = ["component", "inputs", "with", "retries", "timeout", "cache"];
    private const int MaxSteps = 100;

    public IReadOnlyList<StepDraft> Read(DocumentNode root)
    {
        if (root.Kind != NodeKind.Map)
        {
            Problem(root, $"A pipeline is a mapping with the key 'steps', not {root.KindName}.");
            return [];
        }

        string[] keys = [.. RootKeys, .. packages ?? []];
        foreach (var member in root.Members) Known(member, keys, "the document");

        if (root["name"] is { } name && !Data.Names.IsName(name.Text)) Problem(name, "A name is lower-case letters, digits and hyphens, first a letter or digit, at most 63.");
        if (root["description"] is { } description && (description.Text is null || description.Text.Length > 4000)) Problem(description, "A description is a text of at most 4,000 characters.");
        if (root["params"] is { Kind: not NodeKind.Map } parameters && !IsNothing(parameters)) Problem(parameters, $"'params' is a mapping, not {parameters.KindName}.");
        return ReadSteps(root);
    }

    private List<StepDraft> ReadSteps(DocumentNode root)
    {
        if (root["steps"] is not { } steps)
        {
            problems.Add(PipelineProblem.At(Place.Start, "The key 'steps' is missing."));
            return [];
        }

        if (steps.Kind != NodeKind.Map || steps.Members.Count is 0 or > MaxSteps)
        {
            Problem(steps, steps.Kind != NodeKind.Map ? $"'steps' is a mapping of step names, not {steps.KindName}." : $"A pipeline has 1 to {MaxSteps} steps.");
            if (steps.Kind != NodeKind.Map) return [];
        }

        return [.. steps.Members.Take(MaxSteps).Select(ReadStep)];
    }

    private StepDraft ReadStep(DocumentMember member)
    {
        if (!StepName().IsMatch(member.Name)) Problem(member, $"'{member.Name}' is not a step's name: letters, digits, '-' and '_', first a letter, at most 63.");
        if (RootKeys.Contains(member.Name) || packages?.Contains(member.Name) == true) Problem(member, $"A step cannot be called '{member.Name}': overrides could not tell it from the document's key.");
        var step = member.Node;
        if (step.Kind != NodeKind.Map)
        {
            Problem(step, $"A step is a mapping with the key 'component', not {step.KindName}.");
            return new(member.Name, member.NamePlace, step, null, null, [], null);
        }

        foreach (var key in step.Members) Known(key, StepKeys, $"a step; its parameters stand under 'with'");
        CheckControls(step);
        var component = ReadComponent(member);
        var with = step["with"];
        if (with is { Kind: not NodeKind.Map } && !IsNothing(with)) Problem(with, $"'with' is a mapping, not {with.KindName}.");
        return new(member.Name, member.NamePlace, step, component, step["component"]?.Text, ReadInputs(step), with is { Kind: NodeKind.Map } ? with : null);
    }

    private IComponent? ReadComponent(DocumentMember step)
    {
        if (step.Node["component"] is not { } node)
        {
            Problem(step, $"The step '{step.Name}' names no component.");
            return null;
        }

        if (node.Text is not { } name)
        {
            Problem(node, $"'component' is a text, not {node.KindName}.");
            return null;
        }

        if (components.Find(name) is { } component) return component;
        problems.Add(PipelineProblem.At(
            node, $"There is no component '{name}'. There are {string.Join(", ", components.All.Select(c => c.Name))}.", Suggestion.For(name, components.All.Select(c => c.Name))));
        return null;
    }

    private List<InputDraft> ReadInputs(DocumentNode step)
    {
        if (step["inputs"] is not { } inputs || IsNothing(inputs)) return [];
        if (inputs.Kind != NodeKind.Map)
        {
            Problem(inputs, $"'inputs' is a mapping from input to step, not {inputs.KindName}.");
            return [];
        }

        var drafts = new List<InputDraft>();
        foreach (var input in inputs.Members)
        {
            if (input.Node.Text is { } from) drafts.Add(new(input.Name, input.NamePlace, from, input.Node));
            else Problem(input.Node, $"An input is bound to a step by its name, not to {input.Node.KindName}.");
        }

        return drafts;
    }

    private void CheckControls(DocumentNode step)
    {
        if (step["retries"] is { } retries && retries.Scalar is not (long and >= 0 and <= 10)) Problem(retries, "'retries' is an integer from 0 to 10.");
        if (step["timeout"] is { } timeout && (timeout.Text is null || Duration.Read(timeout.Text) is null)) Problem(timeout, "'timeout' is a duration as 90s, 15m or 2h.");
        if (step["cache"] is { } cache && cache.Scalar is not bool) Problem(cache, "'cache' is true or false.");
    }

    private void Known(DocumentMember member, string[] keys, string where)
    {
        if (keys.Contains(member.Name)) return;
        problems.Add(PipelineProblem.At(member.NamePlace, member.Node, $"'{member.Name}' is not a key of {where}; there are {string.Join(", ", keys)}.", Suggestion.For(member.Name, keys)));
    }

    internal static bool IsNothing(DocumentNode node) => node is { Kind: NodeKind.Scalar, Scalar: null };

    private void Problem(DocumentNode node, string message) => problems.Add(PipelineProblem.At(node, message));

    private void Problem(DocumentMember member, string message) =>
        problems.Add(PipelineProblem.At(member.NamePlace, member.Node, message));

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_-]{0,62}\z", RegexOptions.CultureInvariant, 100)]
    private static partial Regex StepName();
}
