namespace Nexus.Data.Samples;

/// <summary>Something of the sample workspace that stays when that goes, and why.</summary>
/// <param name="Subject"><c>dataset/loans</c>.</param>
/// <param name="Reason">For a person: which foreign thing rests on it.</param>
public sealed record SampleStay(string Subject, string Reason);
