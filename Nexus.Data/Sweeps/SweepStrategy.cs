namespace Nexus.Data.Sweeps;

public enum SweepStrategy
{
    /// <summary>Every combination, in order.</summary>
    Grid,

    /// <summary>Drawn independently, seeded.</summary>
    Random,

    /// <summary>Tree-structured Parzen estimator: drawn where earlier trials were good.</summary>
    Tpe,
}
