namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>Whether the interpolations of a text that is not resolved yet can be read at all.</summary>
internal static class InterpolationSyntax
{
    public static void Check(DocumentNode node, List<PipelineProblem> problems)
    {
        foreach (var child in node.Members.Select(m => m.Node).Concat(node.Items)) Check(child, problems);
        if (node.Text?.Contains("${", StringComparison.Ordinal) != true) return;
        try
        {
            InterpolationText.Parse(node.Text);
        }
        catch (InterpolationFault fault)
        {
            problems.Add(PipelineProblem.At(node, fault.Message, fault.Suggested));
        }
    }
}
