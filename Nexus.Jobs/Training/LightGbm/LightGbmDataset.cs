using static Nexus.Jobs.Training.LightGbm.LightGbmNative;

namespace Nexus.Jobs.Training.LightGbm;

/// <summary>Binned rows inside LightGBM.</summary>
internal sealed unsafe class LightGbmDataset : IDisposable
{
    public LightGbmDataset(TrainingSet set, string parameters, LightGbmDataset? binnedAs = null)
    {
        var features = set.Features;
        fixed (int* starts = features.Starts, indices = Room(features.Indices))
        fixed (float* values = Room(features.Values))
        {
            Check(LGBM_DatasetCreateFromCSR(
                starts, Int32Type, indices, values, Float32Type, features.Starts.Length, features.Values.Length, features.Width,
                parameters, binnedAs?.Handle ?? 0, out var handle));
            Handle = handle;
        }

        var labels = Array.ConvertAll(set.Labels, l => (float)l);
        fixed (float* data = labels) Check(LGBM_DatasetSetField(Handle, "label", data, labels.Length, Float32Type));
    }

    public nint Handle { get; }

    public void Dispose() => Check(LGBM_DatasetFree(Handle));

    // A pinned empty array is a null pointer, which the library refuses.
    internal static T[] Room<T>(T[] values) => values.Length == 0 ? new T[1] : values;
}
