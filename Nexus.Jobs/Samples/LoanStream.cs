using Nexus.Jobs.Training;

namespace Nexus.Jobs.Samples;

/// <summary>
/// The endless stream of applications: what comes at which place follows from seed and place alone, so that it goes on after
/// any restart. Until the switch all applicants are of one kind, whose loans are judged by function 7. From then on every other
/// one is of a second kind, which asks for more, is younger, and is judged by function 2: what was learnt no longer holds.
/// </summary>
/// <param name="switchAt">The place from which on the second kind comes too.</param>
internal sealed class LoanStream(long seed, long switchAt)
{
    public const string Repaid = "repaid";
    public const string Defaulted = "defaulted";

    private const double Noise = 0.05;
    private const double SecondKind = 0.5;
    private const double Unlabeled = 0.15;

    public LoanCase At(long place)
    {
        var random = new SeededRandom(unchecked((seed * 6364136223846793005L) + (place * 1442695040888963407L) + 1));
        random.Next(); // neighbours begin alike
        var second = random.Unit() < SecondKind && place >= switchAt;
        var loan = Draw(random, second);
        var repaid = AgrawalFunctions.IsGroupA(second ? 2 : 7, loan) ^ (random.Unit() < Noise);
        var told = random.Unit() >= Unlabeled;
        // Most are heard of within a minute, a few after minutes.
        var delay = TimeSpan.FromSeconds(Math.Min(300, 5 - (40 * Math.Log(1 - random.Unit()))));
        return new(loan, repaid ? Repaid : Defaulted, told ? delay : null);
    }

    /// <summary>The paper's distributions; the two kinds differ in age and amount.</summary>
    private static Loan Draw(SeededRandom random, bool second)
    {
        var salary = Between(random, 20_000, 150_000);
        var commission = salary >= 75_000 ? 0 : Between(random, 10_000, 75_000);
        var age = second ? Between(random, 20, 60) : Between(random, 20, 80);
        var (education, car, zip) = (random.Below(5), 1 + random.Below(20), random.Below(9));
        var house = (0.5 + random.Unit()) * 100_000 * (9 - zip);
        var years = 1 + random.Below(30);
        var amount = second ? Between(random, 250_000, 500_000) : Between(random, 0, 300_000);
        return new(salary, commission, Math.Floor(age), education, car, zip, Math.Round(house), years, amount);
    }

    private static double Between(SeededRandom random, double low, double high) => Math.Round(low + (random.Unit() * (high - low)));
}
