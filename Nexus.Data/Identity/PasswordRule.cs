namespace Nexus.Data.Identity;

/// <summary>
/// What a password must be (after NIST SP 800-63B): long enough, and not among those that guessers try first. No rule of
/// composition.
/// </summary>
public static class PasswordRule
{
    public const int MinLength = 12;
    public const int MaxLength = 128;

    private static readonly string[] Runs = ["0123456789012345678901234567890", "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz", "qwertzuiopasdfghjklyxcvbnm", "qwertyuiopasdfghjklzxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik", "!@#$%^&*()_+"];

    /// <exception cref="RefusedException">Invalid, with the reason, on the field <paramref name="field"/>.</exception>
    public static void Check(string? password, string userName, string field = "password")
    {
        if (password is null || password.Length is < MinLength or > MaxLength)
            throw Refused.Invalid(field, $"A password has {MinLength} to {MaxLength} characters.");
        if (IsCommon(password, userName))
            throw Refused.Invalid(field, "This password is among those that are tried first. Take another.");
    }

    private static bool IsCommon(string password, string userName)
    {
        var plain = password.ToLowerInvariant();
        return CommonPasswords.Contains(plain)
            || CommonPasswords.Contains(plain.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '!', '?', '.', '@', '#', '$', '*', '_', '-'))
            || plain.Contains(userName, StringComparison.OrdinalIgnoreCase) && plain.Length - userName.Length < 4
            || IsRepetition(plain)
            || IsRun(plain);
    }

    /// <summary>One to six characters over and over, the last time perhaps cut short.</summary>
    private static bool IsRepetition(string text)
    {
        for (var period = 1; period <= 6; period++)
        {
            if (text.AsSpan(period).SequenceEqual(text.AsSpan(0, text.Length - period))) return true;
        }

        return false;
    }

    /// <summary>A piece of the alphabet, the digits or the keyboard, forwards or backwards.</summary>
    private static bool IsRun(string text) =>
        Runs.Any(run => run.Contains(text, StringComparison.Ordinal) || run.Contains(string.Concat(text.Reverse()), StringComparison.Ordinal));
}
