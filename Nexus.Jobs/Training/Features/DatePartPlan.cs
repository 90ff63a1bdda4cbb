namespace Nexus.Jobs.Training.Features;

/// <param name="Part">One of <see cref="DateParts.All"/>.</param>
internal sealed record DatePartPlan(string Part, NumberPlan Number);
