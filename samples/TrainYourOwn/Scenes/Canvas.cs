using System.Numerics;
using FcnSharp.Imaging;

namespace TrainYourOwn.Scenes;

/// <summary>A picture and its labels under construction. Positions are in pixels from the top left; colours are R, G, B in
/// [0, 1].</summary>
internal sealed class Canvas(int width, int height)
{
    private readonly Vector3[] colors = new Vector3[width * height];
    private readonly byte[] labels = new byte[width * height];

    /// <summary>Fills a shape with a class and colours.</summary>
    public void Fill(SceneClass id, Func<Vector2, bool> isInside, Func<Vector2, Vector3> colorAt)
    {
        for (var i = 0; i < labels.Length; i++)
        {
            var place = new Vector2(i % width, i / width);
            if (isInside(place))
            {
                (labels[i], colors[i]) = ((byte)id, colorAt(place));
            }
        }
    }

    /// <summary>Changes every colour, to simulate light and a camera; labels are unchanged.</summary>
    public void Develop(Func<Vector2, Vector3, Vector3> change)
    {
        for (var i = 0; i < colors.Length; i++)
        {
            colors[i] = change(new Vector2(i % width, i / width), colors[i]);
        }
    }

    public RgbImage ToPicture()
    {
        var bytes = new byte[3 * colors.Length];
        for (var i = 0; i < colors.Length; i++)
        {
            var color = 255 * Vector3.Clamp(colors[i], Vector3.Zero, Vector3.One);
            (bytes[3 * i], bytes[(3 * i) + 1], bytes[(3 * i) + 2]) = ((byte)color.X, (byte)color.Y, (byte)color.Z);
        }

        return new RgbImage(bytes, width, height);
    }

    public LabelMap ToLabels() => new(labels, width, height);
}
