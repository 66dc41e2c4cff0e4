using System.Buffers;

namespace FcnSharp.Engine.Plain;

/// <summary>A map of features between two layers, (Height, Width, Channels), in a pooled buffer. Disposing gives the buffer back.</summary>
internal sealed class FeatureMap : IDisposable
{
    private float[]? buffer;

    /// <summary>Rents room for a map. Its values are undefined until they are written.</summary>
    /// <exception cref="ArgumentException">The map has more values than an array can hold.</exception>
    public FeatureMap(int height, int width, int channels)
    {
        var length = (long)height * width * channels;
        if (length > Array.MaxLength)
        {
            throw new ArgumentException(
                $"The picture is too large for this engine: a map of {width}x{height} cells and {channels} channels has {length} values, " +
                $"above the limit of {Array.MaxLength}. Set a working size, or cut the picture up.");
        }

        (Height, Width, Channels, Length) = (height, width, channels, (int)length);
        buffer = ArrayPool<float>.Shared.Rent(Length);
    }

    public int Height { get; }

    public int Width { get; }

    public int Channels { get; }

    public int Length { get; }

    public float[] Buffer => buffer ?? throw new ObjectDisposedException(nameof(FeatureMap));

    public Span<float> Values => Buffer.AsSpan(0, Length);

    /// <summary>The values of one row, (Width, Channels).</summary>
    public Span<float> Row(int y) => Values.Slice(y * Width * Channels, Width * Channels);

    public void Dispose()
    {
        if (buffer is not null)
        {
            ArrayPool<float>.Shared.Return(buffer);
            buffer = null;
        }
    }
}
