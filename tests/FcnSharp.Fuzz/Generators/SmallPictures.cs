using FcnSharp.Imaging;

namespace FcnSharp.Fuzz.Generators;

/// <summary>Pictures of a few pixels, for encoders.</summary>
internal static class SmallPictures
{
    public static RgbImage Draw(Dice dice)
    {
        var (width, height) = (dice.Size(32), dice.Size(32));
        return new RgbImage(dice.Bytes(3 * width * height), width, height);
    }
}
