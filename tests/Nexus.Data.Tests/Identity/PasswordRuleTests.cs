using Nexus.Data.Identity;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Identity;

public sealed class PasswordRuleTests
{
    [Theory]
    [InlineData("four words make a phrase")]
    [InlineData("zwölf Zeichen")]
    [InlineData("kX9#mQ2$vL7z")]
    [InlineData("           x")]
    public void Long_password_of_any_composition_is_accepted(string password) => PasswordRule.Check(password, "ada");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("kX9#mQ2$vL7")]
    [InlineData("password1234")]
    [InlineData("Password1234!!")]
    [InlineData("qwertyuiopas")]
    [InlineData("123456789012")]
    [InlineData("210987654321")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("abcabcabcabc")]
    [InlineData("correcthorsebatterystaple")]
    [InlineData("ada.lovelace1")]
    public void Short_or_common_password_is_refused(string? password) =>
        Should.Throw<RefusedException>(() => PasswordRule.Check(password, "ada.lovelace")).Kind.ShouldBe(RefusalKind.Invalid);

    [Fact]
    public void Length_is_12_to_128()
    {
        var long128 = string.Concat(Enumerable.Range(0, 128).Select(i => (char)('a' + (i * i % 23))));
        PasswordRule.Check(long128, "ada");
        Should.Throw<RefusedException>(() => PasswordRule.Check(long128 + "x", "ada"));
    }
}
