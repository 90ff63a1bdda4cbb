namespace Nexus.Data.Registry;

/// <summary>What only a person knows of a model; Markdown, empty where nobody said anything.</summary>
/// <param name="IntendedUse">What it is for, and for whom.</param>
/// <param name="OutOfScope">What it must not be used for.</param>
/// <param name="Limitations">Where it is known to fail, beside what is measured.</param>
/// <param name="Ethics">Who could be harmed, and what is done about it.</param>
/// <param name="Contact">Who answers for it.</param>
public sealed record CardSections(string IntendedUse = "", string OutOfScope = "", string Limitations = "", string Ethics = "", string Contact = "")
{
    public static CardSections None { get; } = new();

    private const int Most = 20_000;

    /// <exception cref="RefusedException">Invalid, naming the section that is too long.</exception>
    internal void Check()
    {
        foreach (var (name, text) in new[] { ("intendedUse", IntendedUse), ("outOfScope", OutOfScope), ("limitations", Limitations), ("ethics", Ethics), ("contact", Contact) })
            if (text.Length > Most) throw Refused.Invalid(name, $"A section has at most {Most:N0} characters.");
    }
}
