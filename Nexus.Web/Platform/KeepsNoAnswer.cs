namespace Nexus.Web.Platform;

/// <summary>
/// A POST that takes no <see cref="Idempotency.Header"/>: it changes nothing that a second time would double, and is asked by the thousand or
/// answers at length.
/// </summary>
internal sealed class KeepsNoAnswer;
