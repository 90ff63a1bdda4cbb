namespace Nexus.Data.Audit;

/// <param name="Size">How many entries it covers.</param>
/// <param name="Root">RFC 6962 tree head, base64.</param>
/// <param name="Text">The signed note (C2SP tlog-checkpoint), to be kept elsewhere.</param>
public sealed record CheckpointView(long Size, string Root, DateTimeOffset CreatedAt, string Text)
{
    internal static CheckpointView From(LedgerCheckpoint checkpoint) => new(checkpoint.Size, checkpoint.Root, checkpoint.CreatedAt, checkpoint.Text);
}
