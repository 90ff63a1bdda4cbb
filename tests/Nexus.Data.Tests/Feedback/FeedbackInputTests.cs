using System.Text.Json;
using Nexus.Data.Feedback;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Feedback;

public sealed class FeedbackInputTests
{
    private const string Id = "0190163d-8694-739b-aea5-966c26f8ad91";
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("""{"decisionId":"ID","kind":"label","value":"UP"}""", "\"UP\"")]
    [InlineData("""{"decisionId":"ID","kind":"label","value":1}""", "1")]
    [InlineData("""{"decisionId":"ID","kind":"correction","value":true,"at":"2026-03-01T11:00:00+01:00","source":"desk"}""", "true")]
    [InlineData("""{"decisionId":"ID","kind":"rating","value":4.5,"at":null,"source":null}""", "4.5")]
    public void Item_in_the_form_is_read(string json, string value) => Read(json).Item!.Value.ShouldBe(value);

    [Theory]
    [InlineData("7", "object")]
    [InlineData("""{"kind":"label","value":"UP"}""", "decisionId")]
    [InlineData("""{"decisionId":"x","kind":"label","value":"UP"}""", "decisionId")]
    [InlineData("""{"decisionId":"ID","kind":"praise","value":"UP"}""", "kind")]
    [InlineData("""{"decisionId":"ID","kind":"label"}""", "value")]
    [InlineData("""{"decisionId":"ID","kind":"label","value":""}""", "256")]
    [InlineData("""{"decisionId":"ID","kind":"label","value":[1]}""", "text, a number or a boolean")]
    [InlineData("""{"decisionId":"ID","kind":"rating","value":"good"}""", "number")]
    [InlineData("""{"decisionId":"ID","kind":"session","value":1e999}""", "finite")]
    [InlineData("""{"decisionId":"ID","kind":"label","value":"UP","at":"yesterday"}""", "ISO 8601")]
    [InlineData("""{"decisionId":"ID","kind":"label","value":"UP","at":"2036-03-01T11:00:00Z"}""", "ahead")]
    [InlineData("""{"decisionId":"ID","kind":"label","value":"UP","source":7}""", "source")]
    [InlineData("""{"decisionId":"ID","kind":"label","value":"\ud800"}""", "Unicode")]
    [InlineData("""{"decisionId":"ID","kind":"label","value":"UP","source":"\udc00"}""", "Unicode")]
    [InlineData("""{"decisionId":"\ud800","kind":"label","value":"UP"}""", "Unicode")]
    public void Item_out_of_form_is_rejected_with_its_reason(string json, string reason) => Read(json).Reason.ShouldNotBeNull().ShouldContain(reason);

    private static (FeedbackInput? Item, string? Reason) Read(string json)
    {
        using var document = JsonDocument.Parse(json.Replace("ID", Id, StringComparison.Ordinal));
        return FeedbackInput.Read(document.RootElement, Now);
    }
}
