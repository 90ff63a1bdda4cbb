using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Nexus.Data;

/// <summary>
/// Times are kept as microseconds since 1970-01-01 UTC on every database: they order and compare alike everywhere and
/// survive a round trip to the digit, which the ledger's canonical bytes need.
/// </summary>
public sealed class UtcMicroseconds() : ValueConverter<DateTimeOffset, long>(at => From(at), us => To(us))
{
    public static long From(DateTimeOffset at) => (at.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset To(long microseconds) =>
        new(DateTime.UnixEpoch.Ticks + (microseconds * TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    /// <summary>The same time without what the database would not keep.</summary>
    public static DateTimeOffset Truncate(DateTimeOffset at) => To(From(at));
}
