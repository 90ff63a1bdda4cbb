namespace Nexus.Data;

/// <summary>Why a call was refused; each kind has one status in every protocol.</summary>
public enum RefusalKind
{
    /// <summary>422: understood, but the content breaks a rule.</summary>
    Invalid,

    /// <summary>400: not understood.</summary>
    Malformed,

    /// <summary>404.</summary>
    NotFound,

    /// <summary>403.</summary>
    Forbidden,

    /// <summary>409: the state of things, or a concurrent change, stands against it.</summary>
    Conflict,

    /// <summary>413.</summary>
    TooLarge,

    /// <summary>415.</summary>
    UnsupportedMediaType,

    /// <summary>503: for now; ask again later.</summary>
    Unavailable,

    /// <summary>429: so much at once is not allowed.</summary>
    TooMany,
}
