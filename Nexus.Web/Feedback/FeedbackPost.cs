using System.Text.Json;

namespace Nexus.Web.Feedback;

/// <summary>One item as programs post it; for the published description. Items are read one by one, so that one at fault does not stop the others.</summary>
/// <param name="Kind">label, correction, rating, click or session.</param>
/// <param name="Value">A text, number or boolean; a number for rating and session.</param>
/// <param name="At">When it happened; default: when it is received.</param>
/// <param name="Source">Who or what tells; default: the caller.</param>
internal sealed record FeedbackPost(Guid DecisionId, string Kind, JsonElement Value, DateTimeOffset? At = null, string? Source = null);
