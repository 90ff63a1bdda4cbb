namespace Nexus.Data.Samples;

/// <summary>Where the sample workspace stands. Kept, so that one that was removed stays away, and one half made or half removed is finished.</summary>
public enum SampleState
{
    Seeding,
    Ready,
    Removing,
    Removed,
}
