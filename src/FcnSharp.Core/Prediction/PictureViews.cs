using FcnSharp.Imaging;
using FcnSharp.Networks;

namespace FcnSharp.Prediction;

/// <summary>The views of a picture that the network gets: at the working size, or at several scales of it and mirrored.</summary>
internal sealed class PictureViews(ModelCard card, PredictorOptions options)
{
    /// <summary>If the working size applies to the shorter side, the scaled longer side is at most this many times the working
    /// size.</summary>
    private const int MaxAspect = 4;

    /// <summary>Columns and rows of a picture at the working size, in pixels.</summary>
    /// <param name="width">Columns of the picture.</param>
    /// <param name="height">Rows of the picture.</param>
    /// <param name="scale">Factor on the working size.</param>
    public (int Width, int Height) SizeOf(int width, int height, double scale = 1)
    {
        var longer = Math.Max(width, height);
        var side = card.WorkingSide == WorkingSide.Shorter ? Math.Max(Math.Min(width, height), (double)longer / MaxAspect) : longer;
        var workingSize = (options.WorkingSize ?? card.WorkingSize) is { } size and > 0 ? size : side;
        return (Scaled(width), Scaled(height));

        int Scaled(int length) => Math.Max(1, (int)Math.Round(scale * length * workingSize / side, MidpointRounding.AwayFromZero));
    }

    /// <summary>The views of a picture, each scale followed by its mirror image.</summary>
    public IEnumerable<PictureView> Of(RgbImage picture)
    {
        var augmentation = options.TestTimeAugmentation ?? new TestTimeAugmentation();
        foreach (var scale in augmentation.Scales)
        {
            var (width, height) = SizeOf(picture.Width, picture.Height, scale);
            var view = picture.Resize(width, height);
            yield return new PictureView(view, Mirrored: false);
            if (augmentation.Flip)
            {
                yield return new PictureView(view.Mirror(), Mirrored: true);
            }
        }
    }
}

/// <summary>A view of a picture.</summary>
/// <param name="Picture">The scaled picture.</param>
/// <param name="Mirrored">Whether left and right are swapped.</param>
internal readonly record struct PictureView(RgbImage Picture, bool Mirrored);
