using System.Collections.Concurrent;

namespace FcnSharp.Training.Loading;

/// <summary>Buffers of batches that are done with, for the next ones. Thread-safe.</summary>
internal sealed class BatchBuffers
{
    private readonly ConcurrentQueue<(float[] Pixels, byte[] Labels)> free = [];

    /// <summary>Buffers of exactly this size, with whatever is in them.</summary>
    public (float[] Pixels, byte[] Labels) Take(int count, int height, int width)
    {
        var length = count * height * width;
        return free.TryDequeue(out var buffers) && buffers.Labels.Length == length
            ? buffers
            : (GC.AllocateUninitializedArray<float>(3 * length), GC.AllocateUninitializedArray<byte>(length));
    }

    public void Return(TrainingBatch batch) => free.Enqueue((batch.Pixels, batch.Labels));
}
