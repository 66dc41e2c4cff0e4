using System.Collections.Concurrent;

namespace FcnSharp.Training.Loading;

/// <summary>Pictures and labels to learn from at once.</summary>
/// <remarks>
/// The buffers belong to the loader, which fills them anew: they are good until the reader asks for the next batch. Copy what must last.
/// </remarks>
internal sealed class TrainingBatch
{
    /// <summary>(Count, 3, Height, Width) normalised values; padding is 0. Exactly that long.</summary>
    public required float[] Pixels { get; init; }

    /// <summary>(Count, Height, Width) class ids; padding has the data set's ignored id. Exactly that long.</summary>
    public required byte[] Labels { get; init; }

    public required int Count { get; init; }

    public required int Height { get; init; }

    public required int Width { get; init; }

    /// <summary>The pictures' names in the data set, in the batch's order.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    public required int Epoch { get; init; }

    /// <summary>The batch's number in its epoch, from 0.</summary>
    public required int Index { get; init; }
}

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
