namespace Nexus.Inference.Onnx;

/// <summary>Slots of one size that nobody uses now. Taking and putting back is one exchange.</summary>
internal sealed class SlotRack : IDisposable
{
    private readonly InferenceSlot?[] _places = new InferenceSlot?[Environment.ProcessorCount * 4];

    /// <summary>Null where all are in use.</summary>
    public InferenceSlot? Take()
    {
        for (var i = 0; i < _places.Length; i++)
        {
            if (Volatile.Read(ref _places[i]) is not null && Interlocked.Exchange(ref _places[i], null) is { } slot) return slot;
        }

        return null;
    }

    /// <returns>False where there is no place: it is the caller's still.</returns>
    public bool TryPut(InferenceSlot slot)
    {
        for (var i = 0; i < _places.Length; i++)
        {
            if (Volatile.Read(ref _places[i]) is null && Interlocked.CompareExchange(ref _places[i], slot, null) is null) return true;
        }

        return false;
    }

    public void Dispose()
    {
        while (Take() is { } slot) slot.Dispose();
    }
}
