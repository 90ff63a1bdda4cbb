using System.Text;
using CsCheck;
using Nexus.Jobs.Samples;
using Shouldly;
using Xunit;

namespace Nexus.Jobs.Tests.Samples;

public sealed class LoanStreamTests
{
    [Fact]
    public void Every_application_lies_within_the_papers_bounds() => Gen.Long[0, 1_000_000].Sample(place =>
    {
        var (loan, outcome, after) = new LoanStream(3, 500_000).At(place);
        loan.Salary.ShouldBeInRange(20_000, 150_000);
        if (loan.Salary >= 75_000) loan.Commission.ShouldBe(0);
        else loan.Commission.ShouldBeInRange(10_000, 75_000);
        loan.Age.ShouldBeInRange(20, 80);
        loan.Education.ShouldBeInRange(0, 4);
        loan.Car.ShouldBeInRange(1, 20);
        loan.Zip.ShouldBeInRange(0, 8);
        loan.HouseValue.ShouldBeInRange(50_000 * (9 - loan.Zip), 150_000 * (9 - loan.Zip));
        loan.HouseYears.ShouldBeInRange(1, 30);
        loan.Amount.ShouldBeInRange(0, 500_000);
        outcome.ShouldBeOneOf(LoanStream.Repaid, LoanStream.Defaulted);
        if (after is { } delay) delay.ShouldBeInRange(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5));
    });

    [Fact]
    public void A_place_has_the_same_application_whenever_it_is_asked() =>
        Gen.Long[0, long.MaxValue].Sample(place => new LoanStream(5, 100).At(place).ShouldBe(new LoanStream(5, 100).At(place)));

    [Fact]
    public void One_in_twenty_outcomes_is_told_wrong()
    {
        var stream = new LoanStream(7, long.MaxValue);

        var wrong = Enumerable.Range(0, 20_000).Select(i => stream.At(i)).Count(c => AgrawalFunctions.IsGroupA(7, c.Loan) != (c.Outcome == LoanStream.Repaid));

        wrong.ShouldBeInRange(850, 1150);
    }

    [Fact]
    public void From_the_switch_on_half_of_the_applicants_are_younger_ask_for_more_and_are_judged_otherwise()
    {
        var stream = new LoanStream(7, 10_000);
        var before = Enumerable.Range(0, 10_000).Select(i => stream.At(i)).ToList();
        var after = Enumerable.Range(10_000, 10_000).Select(i => stream.At(i)).ToList();

        Right(before).ShouldBeGreaterThan(0.93);
        Right(after).ShouldBeInRange(0.65, 0.80);
        before.Max(c => c.Loan.Amount).ShouldBeLessThanOrEqualTo(300_000);
        after.Count(c => c.Loan.Amount > 300_000).ShouldBeInRange(3500, 4500);
        (before.Average(c => c.Loan.Age) - after.Average(c => c.Loan.Age)).ShouldBeGreaterThan(3);
        Math.Abs(before.Average(c => c.Loan.Salary) - after.Average(c => c.Loan.Salary)).ShouldBeLessThan(2000);

        static double Right(List<LoanCase> cases) => cases.Average(c => AgrawalFunctions.IsGroupA(7, c.Loan) == (c.Outcome == LoanStream.Repaid) ? 1.0 : 0);
    }

    [Fact]
    public void The_table_is_the_same_bytes_again_and_names_what_requests_name()
    {
        var until = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
        var csv = LoanTable.Csv(new(1, 50), 100, until);

        csv.ShouldBe(LoanTable.Csv(new(1, 50), 100, until));
        var lines = Encoding.UTF8.GetString(csv).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(101);
        lines[^1].ShouldStartWith("2026-02-28T23:59:30Z,");
        var request = Encoding.UTF8.GetString(LoanTable.Request(new LoanStream(1, 50).At(0).Loan, "application-0"));
        foreach (var column in lines[0].Split(',').Except(["applied_at", "outcome"])) request.ShouldContain($"\"{column}\":");
    }

    [Fact]
    public void Ids_follow_from_the_workspace_and_the_word()
    {
        var begun = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

        SampleIds.Of(begun, "first").ShouldBe(SampleIds.Of(begun, "first"));
        SampleIds.Of(begun, "first").ShouldNotBe(SampleIds.Of(begun, "second"));
        SampleIds.Of(begun, "first").ShouldNotBe(SampleIds.Of(begun.AddMilliseconds(1), "first"));
        SampleIds.Of(begun, "first").Version.ShouldBe(7);
    }
}
