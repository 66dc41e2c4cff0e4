namespace FcnSharp.Training.Loading;

/// <summary>The order of the pictures in an epoch: a permutation that depends on seed and epoch.</summary>
/// <remarks>Thread-safe; caches the last two orders, since prefetching may work on two epochs.</remarks>
internal sealed class EpochOrder(int count, long seed)
{
    /// <summary>Separates this random stream from those of positions in the epoch, which are numbered from 0.</summary>
    private const long Purpose = -1;

    private readonly Lock gate = new();
    private (int Epoch, int[]? Order) newer, older;

    /// <summary>The pictures' indices in the order of the epoch. Do not write to the array.</summary>
    public int[] Of(int epoch)
    {
        lock (gate)
        {
            if (newer.Order is { } kept && newer.Epoch == epoch)
            {
                return kept;
            }

            if (older.Order is { } before && older.Epoch == epoch)
            {
                return before;
            }

            var order = Shuffle(epoch);
            (older, newer) = (newer, (epoch, order));
            return order;
        }
    }

    /// <summary>The Fisher-Yates shuffle, in Durstenfeld's version.</summary>
    private int[] Shuffle(int epoch)
    {
        var random = new SeededRandom(Seeds.Mix(seed, epoch, Purpose));
        int[] order = [.. Enumerable.Range(0, count)];
        for (var last = count - 1; last > 0; last--)
        {
            var other = random.NextIndex(last + 1);
            (order[last], order[other]) = (order[other], order[last]);
        }

        return order;
    }
}

/// <summary>The part of a batch's buffers for one picture.</summary>
/// <param name="pixels">(3, height, width) values of the batch.</param>
/// <param name="labels">(height, width) labels of the batch.</param>
/// <param name="width">Columns of the batch.</param>
internal readonly ref struct BatchPlace(Span<float> pixels, Span<byte> labels, int width)
{
    private readonly Span<float> pixels = pixels;
    private readonly Span<byte> labels = labels;

    public int Width => width;

    public int Height => labels.Length / width;

    /// <summary>A row of red (0), green (1) or blue (2).</summary>
    public Span<float> Pixels(int channel, int row) => pixels.Slice((channel * labels.Length) + (row * width), width);

    public Span<byte> Labels(int row) => labels.Slice(row * width, width);
}
