using System.Collections.Concurrent;

namespace FcnSharp.Training.Loading;

/// <summary>A batch of training pictures and labels.</summary>
/// <remarks>
/// The loader owns and reuses the buffers: they are valid until the reader requests the next batch. Copy data that is needed longer.
/// </remarks>
internal sealed class TrainingBatch
{
    /// <summary>(Count, 3, Height, Width) normalised values; padding is 0. The array has exactly this length.</summary>
    public required float[] Pixels { get; init; }

    /// <summary>(Count, Height, Width) class ids; padding has the data set's ignored id. The array has exactly this length.</summary>
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

/// <summary>A pool of batch buffers. Thread-safe.</summary>
internal sealed class BatchBuffers
{
    private readonly ConcurrentQueue<(float[] Pixels, byte[] Labels)> free = [];

    /// <summary>Buffers of exactly this size, with undefined contents.</summary>
    public (float[] Pixels, byte[] Labels) Take(int count, int height, int width)
    {
        var length = count * height * width;
        return free.TryDequeue(out var buffers) && buffers.Labels.Length == length
            ? buffers
            : (GC.AllocateUninitializedArray<float>(3 * length), GC.AllocateUninitializedArray<byte>(length));
    }

    public void Return(TrainingBatch batch) => free.Enqueue((batch.Pixels, batch.Labels));
}
