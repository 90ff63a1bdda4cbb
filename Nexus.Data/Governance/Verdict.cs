namespace Nexus.Data.Governance;

/// <param name="Comment">Needed to reject: the requester is to know what to mend.</param>
public sealed record Verdict(bool Approves, string Comment)
{
    /// <exception cref="RefusedException">Invalid, where a rejection says nothing or the comment is too long.</exception>
    internal void Check()
    {
        if (!Approves && string.IsNullOrWhiteSpace(Comment)) throw Refused.Invalid("comment", "Say why: a rejection needs a comment.");
        if (Comment.Length > 4000) throw Refused.Invalid("comment", "A comment has at most 4,000 characters.");
    }
}
