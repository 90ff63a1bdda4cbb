namespace Nexus.Web.Platform;

/// <summary>
/// A POST that may be carried out again after a crash: it goes on under <see cref="Idempotency.EffectOf"/>, or what it brings is told apart by its
/// content. Any other whose work was committed without its answer is refused when it comes again.
/// </summary>
internal sealed class RepeatsSafely;
