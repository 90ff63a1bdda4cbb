using System.Globalization;

namespace Nexus.Data.Lineage;

/// <summary>A subject taken apart: <c>model/elec2@3</c> is kind model, name elec2, number 3.</summary>
/// <param name="Number">The version or revision; null where the subject names none.</param>
public readonly record struct LineageSubject(string Kind, string Name, int? Number)
{
    /// <summary>The longest is a config's: its group and name, and a revision.</summary>
    public const int MaxLength = 300;

    /// <summary>The id where the name is one, as of a run.</summary>
    public Guid? Id => Guid.TryParse(Name, out var id) ? id : null;

    public static LineageSubject Of(string subject)
    {
        var slash = subject.IndexOf('/', StringComparison.Ordinal);
        var (kind, rest) = slash < 0 ? ("", subject) : (subject[..slash], subject[(slash + 1)..]);
        var at = rest.LastIndexOf('@');
        return at > 0 && int.TryParse(rest.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new(kind, rest[..at], number)
            : new(kind, rest, null);
    }

    /// <exception cref="RefusedException">Malformed.</exception>
    public static LineageSubject Check(string? subject)
    {
        if (string.IsNullOrEmpty(subject) || subject.Length > MaxLength || subject.Any(char.IsControl)) throw Malformed();
        var read = Of(subject);
        return read.Kind.Length == 0 || read.Name.Length == 0 ? throw Malformed() : read;

        static RefusedException Malformed() =>
            Refused.Malformed($"A subject is a kind, a slash and a name, as in 'model/elec2@3' or 'run/…', at most {MaxLength} characters.");
    }

    public override string ToString() => Number is { } number ? string.Create(CultureInfo.InvariantCulture, $"{Kind}/{Name}@{number}") : $"{Kind}/{Name}";
}
