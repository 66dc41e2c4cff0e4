using System.Collections;
using FcnSharp.Support;

namespace FcnSharp.Imaging;

/// <summary>The colour of every class id: 1 to 256 colours, in order of id. Immutable; palettes with the same colours are
/// equal.</summary>
public sealed class Palette : IReadOnlyList<RgbColor>, IEquatable<Palette>
{
    private static readonly Lazy<Palette> LazyVoc = new(() => new Palette(Enumerable.Range(0, 256).Select(VocColor)));
    private static readonly Lazy<Palette> LazyCamVid = new(() => new Palette(
    [
        new(128, 128, 128), new(128, 0, 0), new(192, 192, 128), new(128, 64, 128), new(60, 40, 222), new(128, 128, 0),
        new(192, 128, 128), new(64, 64, 128), new(64, 0, 128), new(64, 64, 0), new(0, 128, 192), new(0, 0, 0),
    ]));

    private static readonly Lazy<Palette> LazyStreetScenes = new(() => new Palette(
    [
        new(0x00, 0xA0, 0xFF), new(0xE9, 0x63, 0x00), new(0xFF, 0xFF, 0xE4), new(0x5A, 0x00, 0x85), new(0x9E, 0x3F, 0x86),
        new(0x8E, 0xE5, 0x6F), new(0xE8, 0xE1, 0x00), new(0xC2, 0x82, 0x7E), new(0x54, 0x33, 0xFD), new(0xA2, 0x19, 0x00),
        new(0x0D, 0xE8, 0xFF),
    ]));

    private readonly RgbColor[] colors;

    /// <summary>Copies the colours, starting with id 0.</summary>
    /// <param name="colors">1 to 256 colours, which need not be unique.</param>
    /// <exception cref="ArgumentException">There are no colours, or more than 256.</exception>
    public Palette(IEnumerable<RgbColor> colors)
    {
        ArgumentNullException.ThrowIfNull(colors);
        this.colors = [.. colors.Take(257)];
        if (this.colors.Length is 0 or > 256)
        {
            throw new ArgumentException(
                Guard.Text($"A palette has 1 to 256 colours, but got {(this.colors.Length == 0 ? "none" : "more")}. Class ids are bytes."),
                nameof(colors));
        }
    }

    /// <summary>
    /// The 256 colours of the Pascal VOC development kit (its function <c>VOClabelcolormap</c>): bits 0, 1 and 2 of the id become
    /// the top bits of red, green and blue, bits 3, 4 and 5 the bits below them, and so on.
    /// </summary>
    public static Palette Voc => LazyVoc.Value;

    /// <summary>The 11 colours of the CamVid street scenes in the order of <see cref="ClassList.CamVid"/>, then black for void.</summary>
    public static Palette CamVid => LazyCamVid.Value;

    /// <summary>
    /// Overlay colours for the classes of <see cref="ClassList.CamVid"/>, in their order. At half opacity over dark and over light grey
    /// their distances in CIELAB are at least 20, and at least 18 with red or green blindness (CamVid's own colours: 12 and 1.5).
    /// </summary>
    public static Palette StreetScenes => LazyStreetScenes.Value;

    /// <summary>Number of colours, 1 to 256.</summary>
    public int Count => colors.Length;

    /// <summary>The colour of a class.</summary>
    /// <param name="id">From 0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such colour.</exception>
    public RgbColor this[int id] =>
        colors[Guard.InRange(id, 0, colors.Length - 1, nameof(id), "Use a palette with a colour for every class.")];

    /// <summary>
    /// Colours that differ as much as possible from each other, from black and from white. They are deterministic:
    /// a longer palette starts with the shorter one.
    /// </summary>
    /// <param name="count">Number of colours, 1 to 255.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is out of range.</exception>
    public static Palette Distinct(int count)
    {
        Guard.InRange(count, 1, DistinctColors.Most, nameof(count), "Id 255 stays free for ignored pixels.");
        return new Palette(DistinctColors.All.Take(count));
    }

    /// <inheritdoc/>
    public IEnumerator<RgbColor> GetEnumerator() => colors.AsEnumerable().GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(Palette? other) => other is not null && colors.AsSpan().SequenceEqual(other.colors);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Palette);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(colors.Length, colors[0], colors[^1]);

    /// <summary>The R, G, B bytes of all 256 ids; ids without a colour are black.</summary>
    internal byte[] ToBytes()
    {
        var bytes = new byte[3 * 256];
        for (var id = 0; id < colors.Length; id++)
        {
            (bytes[3 * id], bytes[(3 * id) + 1], bytes[(3 * id) + 2]) = (colors[id].R, colors[id].G, colors[id].B);
        }

        return bytes;
    }

    private static RgbColor VocColor(int id)
    {
        var (red, green, blue) = (0, 0, 0);
        for (var bit = 7; id != 0; bit--, id >>= 3)
        {
            red |= (id & 1) << bit;
            green |= ((id >> 1) & 1) << bit;
            blue |= ((id >> 2) & 1) << bit;
        }

        return new RgbColor((byte)red, (byte)green, (byte)blue);
    }
}
