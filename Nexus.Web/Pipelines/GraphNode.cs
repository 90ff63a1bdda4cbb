using Nexus.Web.Shell;

namespace Nexus.Web.Pipelines;

/// <summary>A step as a graph shows it.</summary>
/// <param name="Detail">Under the name: its state, time or component.</param>
/// <param name="From">The steps that it takes its inputs from.</param>
public sealed record GraphNode(string Name, string Detail, ChipState State, IReadOnlyList<string> From);
