namespace FcnSharp.Training.Loading;

/// <summary>Where the pixels of a window lie in a picture: the inverse of flip, scale, rotation and crop, as one affine map.</summary>
/// <remarks>
/// With W columns in the picture, w in the window, and the scaled picture's corner <c>left</c> columns left of the window's:
/// <c>u = x + 1/2 - w/2</c>, <c>X = left + w/2 + u cos a + v sin a</c>, <c>source = X / scale</c>, or <c>W - X / scale</c> when flipped;
/// rows alike, with <c>v cos a - u sin a</c>, never flipped. Sources count from the picture's corner: pixel i reaches from i to i + 1.
/// </remarks>
internal readonly struct WindowMap
{
    private readonly double x, y, columnX, columnY, rowX, rowY;

    public WindowMap(Augmentation augmentation, int pictureWidth, int pictureHeight, int windowWidth, int windowHeight)
    {
        var (sin, cos) = Math.SinCos(augmentation.Degrees * Math.PI / 180);
        var step = 1 / augmentation.Scale;
        var (centerX, centerY) = (windowWidth / 2.0, windowHeight / 2.0);
        var (u, v) = (0.5 - centerX, 0.5 - centerY);

        x = (Offset(pictureWidth, windowWidth, augmentation.Scale, augmentation.Across) + centerX + (u * cos) + (v * sin)) * step;
        y = (Offset(pictureHeight, windowHeight, augmentation.Scale, augmentation.Down) + centerY + (v * cos) - (u * sin)) * step;
        (columnX, columnY) = (cos * step, -sin * step);
        (rowX, rowY) = (sin * step, cos * step);
        if (augmentation.Flip)
        {
            (x, columnX, rowX) = (pictureWidth - x, -columnX, -rowX);
        }
    }

    /// <summary>Where the centres of a row's pixels lie.</summary>
    public SourceRow Row(int row) => new(
        SourceRow.Fixed(x + (row * rowX)), SourceRow.Fixed(y + (row * rowY)), SourceRow.Fixed(columnX), SourceRow.Fixed(columnY));

    /// <summary>
    /// Pixels from the scaled picture's edge to the window's, whole ones: from 0 to what the window leaves free, or, where it is the larger
    /// one, from 0 down to minus what the picture leaves free. Each place is equally likely.
    /// </summary>
    private static int Offset(int picture, int window, double scale, double place)
    {
        var free = (int)Math.Round(picture * scale) - window;
        return Math.Sign(free) * (int)(place * (Math.Abs(free) + 1));
    }
}
