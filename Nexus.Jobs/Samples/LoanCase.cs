namespace Nexus.Jobs.Samples;

/// <summary>An application and what became of it.</summary>
/// <param name="Outcome">repaid or defaulted; one in twenty is told wrong.</param>
/// <param name="ToldAfter">How long after the decision the outcome is heard of; null where it never is.</param>
internal readonly record struct LoanCase(Loan Loan, string Outcome, TimeSpan? ToldAfter);
