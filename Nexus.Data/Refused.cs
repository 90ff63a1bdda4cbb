namespace Nexus.Data;

/// <summary>Makes the exceptions that refuse a call: <c>throw Refused.NotFound("dataset", name)</c>.</summary>
public static class Refused
{
    public static RefusedException NotFound(string what, object id) => new(RefusalKind.NotFound, $"There is no {what} '{id}'.");

    public static RefusedException Forbidden(string why) => new(RefusalKind.Forbidden, why);

    public static RefusedException Conflict(string why) => new(RefusalKind.Conflict, why);

    public static RefusedException Malformed(string why) => new(RefusalKind.Malformed, why);

    public static RefusedException TooLarge(string why) => new(RefusalKind.TooLarge, why);

    public static RefusedException Unsupported(string why) => new(RefusalKind.UnsupportedMediaType, why);

    public static RefusedException Unavailable(string why) => new(RefusalKind.Unavailable, why);

    public static RefusedException TooMany(string why) => new(RefusalKind.TooMany, why);

    public static RefusedException Invalid(string why) => new(RefusalKind.Invalid, why);

    public static RefusedException Invalid(string field, string why) =>
        new(RefusalKind.Invalid, why) { Errors = new Dictionary<string, string[]> { [field] = [why] } };

    /// <param name="line">1-based.</param>
    /// <param name="column">1-based.</param>
    public static RefusedException InvalidAt(int line, int column, string why) =>
        new(RefusalKind.Invalid, why) { Line = line, Column = column };
}
