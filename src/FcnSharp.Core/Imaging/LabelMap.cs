using FcnSharp.Support;

namespace FcnSharp.Imaging;

/// <summary>A class id for every pixel of a picture, 0 to 255; by convention 255 marks ignored pixels, which are unknown or on a
/// border.</summary>
/// <remarks>
/// One byte per pixel, row by row from the top left, without row padding.
/// The buffer is borrowed, not copied: do not write to it while the map is in use. Thread-safe.
/// </remarks>
public sealed class LabelMap
{
    /// <summary>The id of ignored pixels, which belong to no class: 255.</summary>
    public const byte IgnoreId = 255;

    /// <summary>Wraps a buffer of <c>width * height</c> bytes.</summary>
    /// <param name="labels">Class ids, row by row.</param>
    /// <param name="width">Columns, in pixels; at least 1.</param>
    /// <param name="height">Rows, in pixels; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> or <paramref name="height"/> is below 1.</exception>
    /// <exception cref="ArgumentException">The length of <paramref name="labels"/> does not match the size.</exception>
    public LabelMap(ReadOnlyMemory<byte> labels, int width, int height)
    {
        Guard.PixelBuffer(
            labels.Length, width, height, channels: 1, "label map", "Give one class id per pixel, without row padding.", nameof(labels));
        (Labels, Width, Height) = (labels, width, height);
    }

    /// <summary>The class ids, as described on the type.</summary>
    public ReadOnlyMemory<byte> Labels { get; }

    /// <summary>Columns, in pixels.</summary>
    public int Width { get; }

    /// <summary>Rows, in pixels.</summary>
    public int Height { get; }

    /// <summary>The class id of one pixel; for loops over many pixels, use <see cref="Labels"/>.</summary>
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
    /// Reads the class ids of an indexed PNG, or of a grey PNG of up to 8 bits, as stored: palette indices or grey values, not colours.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Limits; <see langword="null"/> means the defaults.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageFileException">The file is not a PNG, is a colour or 16-bit PNG, is damaged, or exceeds the limit.</exception>
    public static LabelMap Load(string path, DecodeOptions? options = null)
    {
        using var stream = InputFile.Open(path, (reason, remedy) => new ImageFileException(path, reason, remedy));
        return Load(stream, options, path);
    }

    /// <summary>Reads class ids as <see cref="Load(string, DecodeOptions?)"/> does, from a stream that need not be seekable.</summary>
    /// <param name="stream">The stream, which is read from its current position to its end. The caller disposes it.</param>
    /// <param name="options">Limits; <see langword="null"/> means the defaults.</param>
    /// <param name="name">Name of the stream in error messages.</param>
    /// <exception cref="ImageFileException">The stream is not a PNG, is a colour or 16-bit PNG, is damaged, or exceeds the
    /// limit.</exception>
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

    /// <summary>Paints every pixel in the colour of its class; ids that the palette lacks are black.</summary>
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

    /// <summary>Returns the mask of one class.</summary>
    /// <param name="classId">The class id, 0 to 255.</param>
    /// <returns>A mask that is 255 for pixels of the class and 0 elsewhere.</returns>
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

    /// <summary>Finds the connected regions of every class.</summary>
    /// <param name="options">Defines what a region is; <see langword="null"/> means the defaults.</param>
    /// <returns>The regions, largest first; regions of equal size by their boxes, from the top, then from the left.</returns>
    public IReadOnlyList<Region> FindRegions(RegionOptions? options = null) =>
        RegionFinder.Find(this, options ?? new RegionOptions());

    /// <summary>Finds the same regions as <see cref="FindRegions"/>, each with its outline along the corners of pixels.</summary>
    /// <remarks>Takes 5 bytes of temporary memory per pixel.</remarks>
    /// <param name="options">Defines what a region is; <see langword="null"/> means the defaults.</param>
    /// <returns>The outlines, in the order of <see cref="FindRegions"/>.</returns>
    public IReadOnlyList<RegionOutline> FindOutlines(RegionOptions? options = null) =>
        OutlineTracer.Find(this, options ?? new RegionOptions());

    /// <summary>Describes the map as indented JSON: its size, the pixels and the share of every class, and its regions; see
    /// <see cref="SegmentationJson"/>.</summary>
    /// <remarks>
    /// <c>{ schema_version, width, height, classes: [{ id, name, color, pixels, share }],
    /// regions: [{ class_id, class_name, pixels, box: { x, y, width, height } }] }</c>.
    /// Classes and regions are sorted, largest first. A share is a fraction, 0 to 1, of the pixels that are not <see cref="IgnoreId"/>.
    /// </remarks>
    /// <param name="classes">Names and colours; an id beyond them is called <c>class 42</c> and is black.</param>
    /// <param name="options">Defines what a region is; <see langword="null"/> means the defaults.</param>
    public string ToJson(ClassList classes, RegionOptions? options = null) => SegmentationJson.Of(this, classes, options).ToText();

    /// <summary>Writes the ids losslessly as an indexed PNG, atomically; an existing file is replaced.</summary>
    /// <param name="path">The file; its name ends in .png.</param>
    /// <param name="palette">The colours in which viewers show the ids; ids without a colour are black.</param>
    /// <exception cref="ArgumentException">The name has another extension.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path, Palette palette)
    {
        PngWriter.CheckEnding(path);
        ArgumentNullException.ThrowIfNull(palette);
        AtomicFile.Write(path, stream => Write(stream, palette));
    }

    /// <summary>Writes the ids losslessly as an indexed PNG.</summary>
    /// <param name="stream">The stream, which is written at its current position. The caller disposes it.</param>
    /// <param name="palette">The colours in which viewers show the ids; ids without a colour are black.</param>
    public void Write(Stream stream, Palette palette)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(palette);
        PngWriter.WriteIndexed(stream, Labels.Span, Width, Height, palette.ToBytes());
    }
}
