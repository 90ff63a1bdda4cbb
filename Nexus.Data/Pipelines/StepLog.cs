namespace Nexus.Data.Pipelines;

/// <summary>A stretch of a step's log.</summary>
/// <param name="LastId">Ask for what comes after it.</param>
/// <param name="Text">Whole lines, each beginning with its UTC time.</param>
/// <param name="More">Whether there was more to read at once.</param>
public sealed record StepLog(long LastId, string Text, bool More);
