namespace FcnSharp.Torch;

/// <summary>Refuses answers that no array can hold, before any work.</summary>
internal static class ArraySize
{
    /// <exception cref="ArgumentException">There are more values than an array holds.</exception>
    public static void Check(int width, int height, int channels)
    {
        if ((long)width * height * channels > Array.MaxLength)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"An answer of {channels} x {width}x{height} values is too large: an array holds {Array.MaxLength}. Scale the picture down, set a working size, or ask for labels only."));
        }
    }
}
