namespace Nexus.Data;

/// <summary>What a caller asks of a list.</summary>
/// <param name="Size">1…1000.</param>
/// <param name="Token">What the page before answered as its next token, or null for the first page.</param>
public sealed record PageRequest(int Size = PageRequest.DefaultSize, string? Token = null)
{
    public const int DefaultSize = 50;
    public const int MaxSize = 1000;

    /// <exception cref="RefusedException">Invalid, where the size is out of range.</exception>
    public static PageRequest From(int? pageSize, string? pageToken) =>
        pageSize is < 1 or > MaxSize
            ? throw Refused.Invalid("pageSize", $"pageSize is 1 to {MaxSize}.")
            : new(pageSize ?? DefaultSize, string.IsNullOrEmpty(pageToken) ? null : pageToken);
}
