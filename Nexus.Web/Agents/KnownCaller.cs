using System.Threading.RateLimiting;
using Nexus.Data.Identity;

namespace Nexus.Web.Agents;

/// <summary>Whose key the header carries, and the bucket of their requests.</summary>
internal sealed record KnownCaller(string Header, KeyTicket Ticket, RateLimiter Bucket);
