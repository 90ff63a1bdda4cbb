namespace Nexus.Jobs.Training;

/// <summary>One parameter of a trainer, as documents write it.</summary>
/// <param name="Default">A number, a text or a boolean; its type is the parameter's.</param>
/// <param name="Minimum">For numbers; inclusive.</param>
/// <param name="Whole">For numbers: no fraction.</param>
/// <param name="Options">For text: what it may be.</param>
internal sealed record TrainerParameter(
    string Name, object Default, string Description, double Minimum = 0, double Maximum = double.MaxValue, bool Whole = false, IReadOnlyList<string>? Options = null)
{
    /// <summary>Why a value cannot be taken; null where it can.</summary>
    public string? Problem(object? value) => (Default, value) switch
    {
        (string, string text) => Options!.Contains(text) ? null : $"'{Name}' is one of {string.Join(", ", Options!)}, not '{text}'.",
        (string, _) => $"'{Name}' is one of {string.Join(", ", Options!)}.",
        (bool, bool) => null,
        (bool, _) => $"'{Name}' is true or false.",
        (double, double number) when Whole && number != Math.Floor(number) => $"'{Name}' is a whole number, not {number}.",
        (double, double number) => number >= Minimum && number <= Maximum ? null : $"'{Name}' is {Range}, not {number}.",
        _ => $"'{Name}' is a number.",
    };

    private string Range => Maximum == double.MaxValue ? $"at least {Minimum}" : $"{Minimum} to {Maximum}";
}
