namespace Nexus.Jobs.Samples;

/// <summary>
/// The ten classification functions of R. Agrawal, T. Imielinski, A. Swami: Database Mining: A Performance Perspective, IEEE
/// Transactions on Knowledge and Data Engineering 5(6), 1993, appendix. True is the paper's group A.
/// </summary>
internal static class AgrawalFunctions
{
    /// <param name="number">1…10.</param>
    public static bool IsGroupA(int number, in Loan loan) => number switch
    {
        1 => loan.Age is < 40 or >= 60,
        2 => ByAge(loan.Age, Within(loan.Salary, 50, 100), Within(loan.Salary, 75, 125), Within(loan.Salary, 25, 75)),
        3 => ByAge(loan.Age, loan.Education is 0 or 1, loan.Education is 1 or 2 or 3, loan.Education is 2 or 3 or 4),
        4 => ByAge(
            loan.Age,
            loan.Education is 0 or 1 ? Within(loan.Salary, 25, 75) : Within(loan.Salary, 50, 100),
            loan.Education is 1 or 2 or 3 ? Within(loan.Salary, 50, 100) : Within(loan.Salary, 75, 125),
            loan.Education is 2 or 3 or 4 ? Within(loan.Salary, 50, 100) : Within(loan.Salary, 25, 75)),
        5 => ByAge(
            loan.Age,
            Within(loan.Salary, 50, 100) ? Within(loan.Amount, 100, 300) : Within(loan.Amount, 200, 400),
            Within(loan.Salary, 75, 125) ? Within(loan.Amount, 200, 400) : Within(loan.Amount, 300, 500),
            Within(loan.Salary, 25, 75) ? Within(loan.Amount, 300, 500) : Within(loan.Amount, 100, 300)),
        6 => ByAge(loan.Age, Within(Income(loan), 50, 100), Within(Income(loan), 75, 125), Within(Income(loan), 25, 75)),
        7 => (0.67 * Income(loan)) - (0.2 * loan.Amount) - 20_000 > 0,
        8 => (0.67 * Income(loan)) - (5000 * loan.Education) - 20_000 > 0,
        9 => (0.67 * Income(loan)) - (5000 * loan.Education) - (0.2 * loan.Amount) - 10_000 > 0,
        10 => (0.67 * Income(loan)) - (5000 * loan.Education) + (0.2 * Equity(loan)) - 10_000 > 0,
        _ => throw new ArgumentOutOfRangeException(nameof(number), number, "A function of 1 to 10."),
    };

    private static double Income(in Loan loan) => loan.Salary + loan.Commission;

    private static double Equity(in Loan loan) => loan.HouseYears < 20 ? 0 : 0.1 * loan.HouseValue * (loan.HouseYears - 20);

    private static bool ByAge(double age, bool below40, bool below60, bool others) => age < 40 ? below40 : age < 60 ? below60 : others;

    /// <summary>Both ends included, in thousands.</summary>
    private static bool Within(double value, double low, double high) => value >= low * 1000 && value <= high * 1000;
}
