using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Nexus.Jobs.Samples;

/// <summary>Applications as the dataset's CSV and as a request's JSON: the same names, the same words.</summary>
internal static class LoanTable
{
    private static readonly string[] Education = ["primary", "secondary", "college", "bachelor", "master"];

    /// <summary>Rows of a stream with their outcome, half a minute apart, the last one just before <paramref name="until"/>.</summary>
    public static byte[] Csv(LoanStream stream, int rows, DateTimeOffset until)
    {
        var text = new StringBuilder("applied_at,salary,commission,age,education,car,district,house_value,house_years,amount,outcome\n", rows * 90);
        for (var row = 0; row < rows; row++)
        {
            var (loan, outcome, _) = stream.At(row);
            text.Append(CultureInfo.InvariantCulture, $"{until.AddSeconds(-30 * (rows - row)):yyyy-MM-ddTHH:mm:ssZ},{loan.Salary},{loan.Commission},{loan.Age},");
            text.Append(CultureInfo.InvariantCulture, $"{Education[loan.Education]},make-{loan.Car:00},D{loan.Zip + 1},{loan.HouseValue},{loan.HouseYears},{loan.Amount},{outcome}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>The body of a decide request.</summary>
    public static byte[] Request(in Loan loan, string unit) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        inputs = new
        {
            salary = loan.Salary,
            commission = loan.Commission,
            age = loan.Age,
            education = Education[loan.Education],
            car = $"make-{loan.Car:00}",
            district = $"D{loan.Zip + 1}",
            house_value = loan.HouseValue,
            house_years = loan.HouseYears,
            amount = loan.Amount,
        },
        unit,
    });
}
