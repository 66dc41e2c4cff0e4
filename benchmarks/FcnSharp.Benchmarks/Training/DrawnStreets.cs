using FcnSharp.Data;
using FcnSharp.Imaging;

namespace FcnSharp.Benchmarks.Training;

/// <summary>Pictures and masks for training without a data set: a photo with boxes drawn into it, saved as PNG files of 480x360
/// pixels.</summary>
internal static class DrawnStreets
{
    private const int Width = 480;
    private const int Height = 360;
    private const int Boxes = 12;

    private static readonly ClassList Classes = new(["sky", "street", "car", "person", "tree", "sign"]);

    /// <summary>Draws the pictures and masks into a folder.</summary>
    public static FolderDataset In(string folder, int count)
    {
        var (pictures, masks) = (
            Directory.CreateDirectory(Path.Combine(folder, "images")), Directory.CreateDirectory(Path.Combine(folder, "labels")));
        var photo = BenchmarkPicture.Photo(Width, Height);
        for (var i = 0; i < count; i++)
        {
            var (picture, labels) = Draw(i % 2 == 0 ? photo : photo.Mirror(), new Random(i));
            picture.Save(Path.Combine(pictures.FullName, $"street-{i:d4}.png"));
            labels.Save(Path.Combine(masks.FullName, $"street-{i:d4}.png"), Classes.Palette);
        }

        return new FolderDataset(folder, new FolderDatasetOptions { Classes = Classes });
    }

    private static (RgbImage Picture, LabelMap Labels) Draw(RgbImage photo, Random random)
    {
        var (pixels, labels) = (photo.Pixels.ToArray(), new byte[Width * Height]);
        Array.Fill(labels, (byte)1, Width * random.Next(Height / 4, Height / 2), Width * (Height / 2));
        for (var box = 0; box < Boxes; box++)
        {
            var (left, top) = (random.Next(Width - 20), random.Next(Height - 20));
            var (right, bottom) = (Math.Min(Width, left + random.Next(20, 120)), Math.Min(Height, top + random.Next(20, 120)));
            Fill(pixels, labels, left..right, top..bottom, (byte)(2 + (box % (Classes.Count - 2))));
        }

        return (new RgbImage(pixels, Width, Height), new LabelMap(labels, Width, Height));
    }

    /// <summary>Labels a box with its class, and blends its pixels with the colour of the class.</summary>
    private static void Fill(byte[] pixels, byte[] labels, Range columns, Range rows, byte id)
    {
        var (r, g, b) = Classes.Palette[id];
        for (var y = rows.Start.Value; y < rows.End.Value; y++)
        {
            for (var x = columns.Start.Value; x < columns.End.Value; x++)
            {
                var at = (y * Width) + x;
                labels[at] = id;
                pixels[3 * at] = (byte)((pixels[3 * at] + r) / 2);
                pixels[(3 * at) + 1] = (byte)((pixels[(3 * at) + 1] + g) / 2);
                pixels[(3 * at) + 2] = (byte)((pixels[(3 * at) + 2] + b) / 2);
            }
        }
    }
}
