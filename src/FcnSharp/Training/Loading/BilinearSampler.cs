namespace FcnSharp.Training.Loading;

/// <summary>Samples a picture bilinearly.</summary>
internal static class BilinearSampler
{
    private const float Unit = 1f / SourceRow.One;

    /// <summary>
    /// Bilinear values, 0 to 255, at the positions <c>row.X + i row.StepX, row.Y + i row.StepY</c> for i from <paramref name="from"/> on;
    /// pixel centres are at halves, and positions outside the picture are clamped to its edge.
    /// </summary>
    public static void Sample(ReducedPicture picture, SourceRow row, int from, Span<float> red, Span<float> green, Span<float> blue)
    {
        var pixels = picture.Pixels.Span;
        var (lastX, lastY, stride) = (picture.Width - 1, picture.Height - 1, 3 * picture.Width);
        var (x, y) = (row.X + (from * row.StepX) - SourceRow.Half, row.Y + (from * row.StepY) - SourceRow.Half);
        for (var i = 0; i < red.Length; i++, x += row.StepX, y += row.StepY)
        {
            var (column, line) = ((int)(x >> SourceRow.FractionBits), (int)(y >> SourceRow.FractionBits));
            var (right, down) = ((x & (SourceRow.One - 1)) * Unit, (y & (SourceRow.One - 1)) * Unit);
            var (left, next) = (3 * Math.Clamp(column, 0, lastX), 3 * Math.Clamp(column + 1, 0, lastX));
            var upper = pixels.Slice(stride * Math.Clamp(line, 0, lastY), stride);
            var lower = pixels.Slice(stride * Math.Clamp(line + 1, 0, lastY), stride);

            red[i] = Blend(upper[left], upper[next], lower[left], lower[next], right, down);
            green[i] = Blend(upper[left + 1], upper[next + 1], lower[left + 1], lower[next + 1], right, down);
            blue[i] = Blend(upper[left + 2], upper[next + 2], lower[left + 2], lower[next + 2], right, down);
        }
    }

    private static float Blend(float upperLeft, float upperRight, float lowerLeft, float lowerRight, float right, float down)
    {
        var upper = upperLeft + (right * (upperRight - upperLeft));
        var lower = lowerLeft + (right * (lowerRight - lowerLeft));
        return upper + (down * (lower - upper));
    }
}
