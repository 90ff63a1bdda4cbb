namespace Nexus.Inference.Agents;

/// <summary>What a journaled answer survives.</summary>
public enum JournalDurability
{
    /// <summary>The end of the process, however it comes; a power cut may take the last moments.</summary>
    Process,

    /// <summary>A power cut too.</summary>
    Device,
}
