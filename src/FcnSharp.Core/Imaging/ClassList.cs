using System.Collections;
using FcnSharp.Support;

namespace FcnSharp.Imaging;

/// <summary>The 1 to 255 classes of a network or data set, in order of class id.</summary>
/// <remarks>Immutable; lists with the same names and colours are equal.</remarks>
public sealed class ClassList : IReadOnlyList<ClassInfo>, IEquatable<ClassList>
{
    private static readonly Lazy<ClassList> LazyVoc = new(() => new ClassList(
    [
        "background", "aeroplane", "bicycle", "bird", "boat", "bottle", "bus", "car", "cat", "chair", "cow", "diningtable", "dog",
        "horse", "motorbike", "person", "pottedplant", "sheep", "sofa", "train", "tvmonitor",
    ], Palette.Voc));

    private static readonly Lazy<ClassList> LazyCamVid = new(() => new ClassList(
    [
        "Sky", "Building", "Pole", "Road", "Pavement", "Tree", "SignSymbol", "Fence", "Car", "Pedestrian", "Bicyclist",
    ], Palette.CamVid));

    private readonly ClassInfo[] classes;

    /// <summary>Copies the classes, starting with id 0.</summary>
    /// <param name="classes">1 to 255 classes with unique names that are not blank and have no control characters.</param>
    /// <exception cref="ArgumentException">The number of classes or a name is not valid; the message names the first such
    /// class.</exception>
    public ClassList(IEnumerable<ClassInfo> classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        this.classes = [.. classes.Take(256)];
        if (this.classes.Length is 0 or > 255)
        {
            throw new ArgumentException(
                $"A class list has 1 to 255 classes, but got {(this.classes.Length == 0 ? "none" : "more")}. " +
                "Id 255 stays free for ignored pixels.",
                nameof(classes));
        }

        CheckNames(this.classes, nameof(classes));
        Palette = new Palette(this.classes.Select(info => info.Color));
    }

    /// <summary>Creates classes from names, starting with id 0.</summary>
    /// <param name="names">1 to 255 unique names that are not blank and have no control characters.</param>
    /// <param name="palette">
    /// A colour for every name; further colours are ignored. <see langword="null"/> means <see cref="Palette.Distinct"/>.
    /// </param>
    /// <exception cref="ArgumentException">The number of names or a name is not valid, or the palette is too short.</exception>
    public ClassList(IEnumerable<string> names, Palette? palette = null)
        : this(Colored(names, palette))
    {
    }

    /// <summary>The 21 classes of Pascal VOC, background first, in VOC's colours.</summary>
    public static ClassList Voc => LazyVoc.Value;

    /// <summary>The 11 classes of the CamVid street scenes, in CamVid's colours.</summary>
    public static ClassList CamVid => LazyCamVid.Value;

    /// <summary>The classes' colours, in order of id.</summary>
    public Palette Palette { get; }

    /// <summary>The colours for overlays on photos: <see cref="Palette.StreetScenes"/> for the classes of <see cref="CamVid"/>, whose own
    /// colours are dark; otherwise <see cref="Palette"/>.</summary>
    public Palette OverlayPalette => Equals(CamVid) ? Palette.StreetScenes : Palette;

    /// <summary>Number of classes, 1 to 255.</summary>
    public int Count => classes.Length;

    /// <summary>The class with an id.</summary>
    /// <param name="id">From 0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public ClassInfo this[int id] =>
        classes[Guard.InRange(id, 0, classes.Length - 1, nameof(id), "Use the class list that the labels were made with.")];

    /// <summary>
    /// Classes with generated names: <c>class 0</c>, <c>class 1</c>, ... in the colours of <see cref="Palette.Distinct"/>.
    /// </summary>
    /// <param name="count">Number of classes, 1 to 255.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is out of range.</exception>
    public static ClassList Numbered(int count)
    {
        Guard.InRange(count, 1, 255, nameof(count), "Id 255 stays free for ignored pixels.");
        return new ClassList(Enumerable.Range(0, count).Select(NumberedName));
    }

    /// <summary>The same names in other colours.</summary>
    /// <param name="palette">The colours, in order of id; classes beyond its end are black.</param>
    public ClassList WithPalette(Palette palette) => Guard.NotNull(palette).Equals(Palette)
        ? this
        : new ClassList(classes.Select((info, id) => info with { Color = id < palette.Count ? palette[id] : default }));

    /// <inheritdoc/>
    public IEnumerator<ClassInfo> GetEnumerator() => classes.AsEnumerable().GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(ClassList? other) => other is not null && classes.AsSpan().SequenceEqual(other.classes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ClassList);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(classes.Length, classes[0], classes[^1]);

    /// <summary>Numbered classes in a palette's colours, without id 255.</summary>
    internal static ClassList Numbered(Palette palette) =>
        new(Enumerable.Range(0, Math.Min(palette.Count, 255)).Select(NumberedName), palette);

    /// <summary>The class with an id; a numbered black class for ids beyond the list.</summary>
    internal ClassInfo OfAnyId(int id) => id < classes.Length ? classes[id] : new ClassInfo(NumberedName(id), default);

    private static string NumberedName(int id) => Guard.Text($"class {id}");

    private static IEnumerable<ClassInfo> Colored(IEnumerable<string> names, Palette? palette)
    {
        ArgumentNullException.ThrowIfNull(names);
        string[] all = [.. names.Take(256)];
        var colors = palette ?? Palette.Distinct(Math.Clamp(all.Length, 1, 255));
        if (all.Length <= 255 && colors.Count < all.Length)
        {
            throw new ArgumentException(
                Guard.Text($"There are {all.Length} names, but the palette has {colors.Count} colours. Give every class a colour."),
                nameof(palette));
        }

        return all.Select((name, id) => new ClassInfo(name, id < colors.Count ? colors[id] : default));
    }

    private static void CheckNames(ClassInfo[] classes, string parameter)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var id = 0; id < classes.Length; id++)
        {
            var name = classes[id]?.Name;
            if (string.IsNullOrWhiteSpace(name) || name.Any(char.IsControl))
            {
                throw new ArgumentException(
                    Guard.Text($"The name of class {id} is blank or has control characters. Give it a name of printable characters."),
                    parameter);
            }

            if (!seen.TryAdd(name, id))
            {
                throw new ArgumentException(
                    Guard.Text($"Classes {seen[name]} and {id} are both called \"{FileText.Shown(name)}\". ") +
                    "Give every class a unique name.",
                    parameter);
            }
        }
    }
}
