namespace Nexus.Jobs.Samples;

/// <summary>An application for a loan, with the nine attributes of Agrawal, Imielinski and Swami (1993).</summary>
/// <param name="Salary">20,000…150,000.</param>
/// <param name="Commission">0 from a salary of 75,000 on, else 10,000…75,000.</param>
/// <param name="Age">20…80.</param>
/// <param name="Education">0…4.</param>
/// <param name="Car">The make, 1…20.</param>
/// <param name="Zip">The district, 0…8; decides what houses cost there.</param>
/// <param name="HouseValue">Half to one and a half times 100,000 × (9 − <paramref name="Zip"/>).</param>
/// <param name="HouseYears">1…30.</param>
/// <param name="Amount">The loan asked for, 0…500,000.</param>
internal readonly record struct Loan(
    double Salary, double Commission, double Age, int Education, int Car, int Zip, double HouseValue, int HouseYears, double Amount);
