using Nexus.Jobs.Samples;
using Shouldly;
using Xunit;

namespace Nexus.Jobs.Tests.Samples;

/// <summary>Known answers, worked out by hand from the paper's predicates.</summary>
public sealed class AgrawalFunctionsTests
{
    [Theory]
    [InlineData(1, 39, 60_000, 0, true)]
    [InlineData(1, 40, 60_000, 0, false)]
    [InlineData(1, 59, 60_000, 0, false)]
    [InlineData(1, 60, 60_000, 0, true)]
    [InlineData(2, 30, 50_000, 0, true)]
    [InlineData(2, 30, 100_001, 0, false)]
    [InlineData(2, 50, 74_999, 0, false)]
    [InlineData(2, 50, 125_000, 0, true)]
    [InlineData(2, 70, 25_000, 0, true)]
    [InlineData(2, 70, 75_001, 0, false)]
    [InlineData(3, 30, 0, 1, true)]
    [InlineData(3, 30, 0, 2, false)]
    [InlineData(3, 50, 0, 3, true)]
    [InlineData(3, 50, 0, 4, false)]
    [InlineData(3, 70, 0, 1, false)]
    [InlineData(3, 70, 0, 4, true)]
    [InlineData(4, 30, 40_000, 1, true)]
    [InlineData(4, 30, 40_000, 2, false)]
    [InlineData(4, 50, 60_000, 2, true)]
    [InlineData(4, 50, 110_000, 0, true)]
    [InlineData(4, 70, 80_000, 3, true)]
    [InlineData(4, 70, 80_000, 1, false)]
    public void Functions_of_age_salary_and_education_group_as_the_paper_has_it(int function, double age, double salary, int education, bool groupA) =>
        AgrawalFunctions.IsGroupA(function, Of(age, salary, education)).ShouldBe(groupA);

    [Theory]
    [InlineData(30, 60_000, 100_000, true)]
    [InlineData(30, 60_000, 350_000, false)]
    [InlineData(30, 20_000, 350_000, true)]
    [InlineData(50, 80_000, 150_000, false)]
    [InlineData(50, 60_000, 450_000, true)]
    [InlineData(70, 60_000, 450_000, true)]
    [InlineData(70, 90_000, 450_000, false)]
    [InlineData(70, 90_000, 200_000, true)]
    public void Function_5_asks_for_the_amount_too(double age, double salary, double amount, bool groupA) =>
        AgrawalFunctions.IsGroupA(5, Of(age, salary) with { Amount = amount }).ShouldBe(groupA);

    [Theory]
    [InlineData(30, 40_000, 20_000, true)] // 60,000
    [InlineData(30, 40_000, 70_000, false)] // 110,000
    [InlineData(50, 60_000, 20_000, true)] // 80,000
    [InlineData(70, 60_000, 20_000, false)] // 80,000
    public void Function_6_is_the_second_over_salary_and_commission(double age, double salary, double commission, bool groupA) =>
        AgrawalFunctions.IsGroupA(6, Of(age, salary) with { Commission = commission }).ShouldBe(groupA);

    [Theory]
    [InlineData(7, 60_000, 40_000, 0, 234_000, true)] // 67,000 − 46,800 − 20,000 = 200
    [InlineData(7, 60_000, 40_000, 0, 236_000, false)] // 67,000 − 47,200 − 20,000 = −200
    [InlineData(8, 20_000, 10_000, 0, 0, true)] // 20,100 − 20,000 = 100
    [InlineData(8, 20_000, 10_000, 1, 0, false)] // 20,100 − 5,000 − 20,000
    [InlineData(9, 60_000, 0, 2, 100_000, true)] // 40,200 − 10,000 − 20,000 − 10,000 = 200
    [InlineData(9, 60_000, 0, 2, 102_000, false)] // 40,200 − 10,000 − 20,400 − 10,000 = −200
    public void Functions_of_what_is_left_at_the_end_of_the_year_turn_at_nought(int function, double salary, double commission, int education, double amount, bool groupA) =>
        AgrawalFunctions.IsGroupA(function, Of(30, salary, education) with { Commission = commission, Amount = amount }).ShouldBe(groupA);

    [Theory]
    [InlineData(19, false)] // 13,400 − 20,000 − 10,000
    [InlineData(30, true)] // equity 0.1 · 900,000 · 10 = 900,000, a fifth of it 180,000
    public void Function_10_counts_the_house_from_its_twentieth_year_on(int years, bool groupA) =>
        AgrawalFunctions.IsGroupA(10, Of(30, 20_000, 4) with { HouseValue = 900_000, HouseYears = years }).ShouldBe(groupA);

    [Fact]
    public void There_are_ten_functions()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => AgrawalFunctions.IsGroupA(0, Of(30, 0)));
        Should.Throw<ArgumentOutOfRangeException>(() => AgrawalFunctions.IsGroupA(11, Of(30, 0)));
    }

    private static Loan Of(double age, double salary, int education = 0) => new(salary, 0, age, education, 1, 0, 0, 1, 0);
}
