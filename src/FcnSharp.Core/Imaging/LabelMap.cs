using FcnSharp.Support;

namespace FcnSharp.Imaging;

/// <summary>A class id for every pixel of a picture, 0 to 255; by convention 255 means "ignore": unknown, or on a border.</summary>
/// <remarks>
/// One byte a pixel, row by row from the top left, with no padding between rows.
/// The buffer is borrowed, not copied: do not write to it while the map is in use. Safe to use from many threads.
/// </remarks>
public sealed class LabelMap
{
    /// <summary>The id of pixels that belong to no class: 255.</summary>
    public const byte IgnoreId = 255;

    /// <summary>Wraps a buffer of <c>width * height</c> bytes.</summary>
    /// <param name="labels">Class ids, row by row.</param>
    /// <param name="width">Columns, in pixels; at least 1.</param>
    /// <param name="height">Rows, in pixels; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> or <paramref name="height"/> is below 1.</exception>
    /// <exception cref="ArgumentException"><paramref name="labels"/> has another length than the size calls for.</exception>
    public LabelMap(ReadOnlyMemory<byte> labels, int width, int height)
    {
        Guard.PixelBuffer(
            labels.Length, width, height, channels: 1, "label map", "Give one class id a pixel, without row padding.", nameof(labels));
        (Labels, Width, Height) = (labels, width, height);
    }

    /// <summary>The class ids, as described on the type.</summary>
    public ReadOnlyMemory<byte> Labels { get; }

    /// <summary>Columns, in pixels.</summary>
    public int Width { get; }

    /// <summary>Rows, in pixels.</summary>
    public int Height { get; }

    /// <summary>The class id of one pixel; for loops over many, use <see cref="Labels"/>.</summary>
    /// <param name="x">Column from the left, from 0.</param>
    /// <param name="y">Row from the top, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The pixel is outside the map.</exception>
    public byte this[int x, int y]
    {
        get
        {
            Guard.Pixel(x, y, Width, Height);
            return Labels.Span[(y * Width) + x];
        }
    }

    /// <summary>
    /// Reads the class ids of an indexed PNG, or of a grey one with up to 8 bits, as they are stored:
    /// palette indices or grey values, not colours.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Limits; <see langword="null"/> means the defaults.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageFileException">It is no PNG, is a colour or 16-bit one, is damaged, or is larger than the limit.</exception>
    public static LabelMap Load(string path, DecodeOptions? options = null)
    {
        using var stream = InputFile.Open(path, (reason, remedy) => new ImageFileException(path, reason, remedy));
        return Load(stream, options, path);
    }

    /// <summary>Reads class ids as <see cref="Load(string, DecodeOptions?)"/> does, from a stream that need not be seekable.</summary>
    /// <param name="stream">Read from where it stands to its end; not disposed.</param>
    /// <param name="options">Limits; <see langword="null"/> means the defaults.</param>
    /// <param name="name">What error messages call the stream.</param>
    /// <exception cref="ImageFileException">It is no PNG, is a colour or 16-bit one, is damaged, or is larger than the limit.</exception>
    public static LabelMap Load(Stream stream, DecodeOptions? options = null, string name = "the label stream")
    {
        var file = InputFile.ReadAll(stream, (reason, remedy) => new ImageFileException(name, reason, remedy));
        return PngReader.Read(file.Span, options ?? new DecodeOptions(), name);
    }

    /// <summary>Counts the pixels of every id.</summary>
    /// <returns>256 counts, in order of id.</returns>
    public long[] CountPixels()
    {
        var counts = new long[256];
        foreach (var id in Labels.Span)
        {
            counts[id]++;
        }

        return counts;
    }

    /// <summary>Paints every pixel in its class's colour; ids that the palette has no colour for are black.</summary>
    public RgbImage ToColors(Palette palette)
    {
        ArgumentNullException.ThrowIfNull(palette);
        var colors = palette.ToBytes();
        var rgb = GC.AllocateUninitializedArray<byte>(checked(3 * Labels.Length));
        var at = 0;
        foreach (var id in Labels.Span)
        {
            rgb[at] = colors[3 * id];
            rgb[at + 1] = colors[(3 * id) + 1];
            rgb[at + 2] = colors[(3 * id) + 2];
            at += 3;
        }

        return new RgbImage(rgb, Width, Height);
    }

    /// <summary>Cuts one class out.</summary>
    /// <param name="classId">0 to 255.</param>
    /// <returns>255 where the class is, 0 elsewhere.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="classId"/> is out of range.</exception>
    public GrayImage Mask(int classId)
    {
        Guard.InRange(classId, 0, 255, nameof(classId), "Class ids are bytes.");
        var mask = new byte[Labels.Length];
        var labels = Labels.Span;
        for (var i = 0; i < labels.Length; i++)
        {
            mask[i] = labels[i] == classId ? (byte)255 : (byte)0;
        }

        return new GrayImage(mask, Width, Height);
    }

    /// <summary>Finds the connected pixels of every class.</summary>
    /// <param name="options">What counts as a region; <see langword="null"/> means the defaults.</param>
    /// <returns>Largest first; those of equal size from the top, then from the left, by their boxes.</returns>
    public IReadOnlyList<Region> FindRegions(RegionOptions? options = null) =>
        RegionFinder.Find(this, options ?? new RegionOptions());

    /// <summary>Finds the regions that <see cref="FindRegions"/> finds, each with its border along the corners of pixels.</summary>
    /// <param name="options">What counts as a region; <see langword="null"/> means the defaults.</param>
    /// <returns>In the order of <see cref="FindRegions"/>. It takes 5 bytes a pixel while it works.</returns>
    public IReadOnlyList<RegionOutline> FindOutlines(RegionOptions? options = null) =>
        OutlineTracer.Find(this, options ?? new RegionOptions());

    /// <summary>Describes the map as indented JSON: size, pixels and share of every class in it, and its regions, as
    /// <see cref="SegmentationJson"/> says.</summary>
    /// <remarks>
    /// <c>{ schema_version, width, height, classes: [{ id, name, color, pixels, share }],
    /// regions: [{ class_id, class_name, pixels, box: { x, y, width, height } }] }</c>.
    /// Classes and regions come largest first. A share is a fraction, 0 to 1, of the pixels that are not <see cref="IgnoreId"/>.
    /// </remarks>
    /// <param name="classes">Names and colours; an id beyond them is called <c>class 42</c> and is black.</param>
    /// <param name="options">What counts as a region; <see langword="null"/> means the defaults.</param>
    public string ToJson(ClassList classes, RegionOptions? options = null) => SegmentationJson.Of(this, classes, options).ToText();

    /// <summary>Writes an indexed PNG that keeps every id, whole or not at all; a file of that name is replaced.</summary>
    /// <param name="path">Ends in .png.</param>
    /// <param name="palette">How viewers show the ids; those without a colour are black.</param>
    /// <exception cref="ArgumentException">Another ending.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path, Palette palette)
    {
        PngWriter.CheckEnding(path);
        ArgumentNullException.ThrowIfNull(palette);
        AtomicFile.Write(path, stream => Write(stream, palette));
    }

    /// <summary>Writes an indexed PNG that keeps every id.</summary>
    /// <param name="stream">Written to from where it stands; not disposed.</param>
    /// <param name="palette">How viewers show the ids; those without a colour are black.</param>
    public void Write(Stream stream, Palette palette)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(palette);
        PngWriter.WriteIndexed(stream, Labels.Span, Width, Height, palette.ToBytes());
    }
}
