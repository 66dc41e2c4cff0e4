namespace FcnSharp.Training.Loading;

/// <summary>One picture's place in a batch.</summary>
/// <param name="pixels">(3, height, width) of the batch.</param>
/// <param name="labels">(height, width) of the batch.</param>
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
