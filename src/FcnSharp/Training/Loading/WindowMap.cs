namespace FcnSharp.Training.Loading;

/// <summary>The positions of a window's pixels in a picture: the inverse of flip, scale, rotation and crop, as one affine map.</summary>
/// <remarks>
/// With W columns in the picture, w in the window, and the corner of the scaled picture <c>left</c> columns to the left of the window's:
/// <c>u = x + 1/2 - w/2</c>, <c>X = left + w/2 + u cos a + v sin a</c>, <c>source = X / scale</c>, or <c>W - X / scale</c> if flipped;
/// likewise for rows, with <c>v cos a - u sin a</c>, never flipped. Positions count from the picture's corner: pixel i extends from i to
/// i + 1.
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

    /// <summary>The positions of the centres of a row's pixels.</summary>
    public SourceRow Row(int row) => new(
        SourceRow.Fixed(x + (row * rowX)), SourceRow.Fixed(y + (row * rowY)), SourceRow.Fixed(columnX), SourceRow.Fixed(columnY));

    /// <summary>
    /// The whole pixels from the edge of the scaled picture to that of the window, uniformly distributed over the free range; negative if
    /// the window is larger than the scaled picture.
    /// </summary>
    private static int Offset(int picture, int window, double scale, double place)
    {
        var free = (int)Math.Round(picture * scale) - window;
        return Math.Sign(free) * (int)(place * (Math.Abs(free) + 1));
    }
}
