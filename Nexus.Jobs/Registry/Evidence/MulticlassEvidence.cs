using Nexus.Data.Registry;

namespace Nexus.Jobs.Registry.Evidence;

/// <param name="Classes">Every class, the most frequent first.</param>
/// <param name="Confusions">The pairs most often mistaken, most frequent first; at most 20.</param>
/// <param name="Matrix">All of them; null above 12 classes.</param>
/// <param name="Calibration">The predicted class's score against how often it is right.</param>
/// <param name="Wrong">Rows wrongly answered per bin of the predicted class's score, 0…1 in equal parts.</param>
/// <param name="Right">Rows rightly answered, likewise.</param>
public sealed record MulticlassEvidence(
    IReadOnlyList<ClassEvidence> Classes,
    IReadOnlyList<ClassConfusion> Confusions,
    ConfusionMatrix? Matrix,
    IReadOnlyList<CalibrationBin> Calibration,
    double CalibrationError,
    IReadOnlyList<double> Wrong,
    IReadOnlyList<double> Right);
