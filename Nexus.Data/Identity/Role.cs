namespace Nexus.Data.Identity;

/// <summary>What a person or key may do. Every role includes Viewer's reads; none includes another otherwise.</summary>
public enum Role
{
    Viewer,
    Labeler,
    Engineer,
    Approver,
    Auditor,
    Admin,
}
