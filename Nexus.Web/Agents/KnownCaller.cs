using Nexus.Data.Identity;
using Nexus.Web.Platform;

namespace Nexus.Web.Agents;

/// <summary>Whose key the header carries, and the bucket of their requests.</summary>
internal sealed record KnownCaller(string Header, KeyTicket Ticket, RequestBucket Bucket);
