using System.Runtime.InteropServices;

namespace Nexus.Jobs.Training.LightGbm;

/// <summary>LightGBM's C API (include/LightGBM/c_api.h, 4.x), as far as it is used. Every call answers 0, or −1 with a message.</summary>
internal static unsafe partial class LightGbmNative
{
    public const int Float32Type = 0;
    public const int Int32Type = 2;
    public const int PredictNormal = 0;
    private const string Library = "lib_lightgbm";

    /// <exception cref="InvalidOperationException">With the library's own words, where the call failed.</exception>
    public static void Check(int result)
    {
        if (result != 0) throw new InvalidOperationException($"LightGBM: {Marshal.PtrToStringUTF8(LGBM_GetLastError())}");
    }

    [LibraryImport(Library)]
    private static partial nint LGBM_GetLastError();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int LGBM_DatasetCreateFromCSR(
        int* starts, int startsType, int* indices, float* values, int valuesType, long startsCount, long valuesCount, long columns,
        string parameters, nint reference, out nint dataset);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int LGBM_DatasetSetField(nint dataset, string field, void* data, int count, int type);

    [LibraryImport(Library)]
    public static partial int LGBM_DatasetFree(nint dataset);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int LGBM_BoosterCreate(nint dataset, string parameters, out nint booster);

    [LibraryImport(Library)]
    public static partial int LGBM_BoosterAddValidData(nint booster, nint dataset);

    [LibraryImport(Library)]
    public static partial int LGBM_BoosterUpdateOneIter(nint booster, out int finished);

    [LibraryImport(Library)]
    public static partial int LGBM_BoosterGetEvalCounts(nint booster, out int count);

    [LibraryImport(Library)]
    public static partial int LGBM_BoosterGetEval(nint booster, int data, out int count, double* results);

    [LibraryImport(Library)]
    public static partial int LGBM_BoosterSaveModelToString(
        nint booster, int start, int iterations, int importance, long room, out long length, byte* text);

    [LibraryImport(Library)]
    public static partial int LGBM_BoosterLoadModelFromString(byte* text, out int iterations, out nint booster);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int LGBM_BoosterPredictForCSR(
        nint booster, int* starts, int startsType, int* indices, float* values, int valuesType, long startsCount, long valuesCount, long columns,
        int kind, int start, int iterations, string parameters, out long count, double* results);

    [LibraryImport(Library)]
    public static partial int LGBM_BoosterFree(nint booster);
}
