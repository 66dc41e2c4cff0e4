namespace FcnSharp.Imaging;

/// <summary>The share of a label map that a class covers. Immutable.</summary>
public sealed record ClassShare
{
    internal ClassShare(int id, ClassInfo info, long pixels, double share) =>
        (Id, Info, Pixels, Share) = (id, info, pixels, share);

    /// <summary>The class id.</summary>
    public int Id { get; }

    /// <summary>Name and colour of the class.</summary>
    public ClassInfo Info { get; }

    /// <summary>Number of its pixels; at least 1.</summary>
    public long Pixels { get; }

    /// <summary>Its fraction, above 0 and at most 1, of the pixels that are not <see cref="LabelMap.IgnoreId"/>.</summary>
    public double Share { get; }

    /// <summary>The classes that occur in a map, without the ignored id; largest first, then by id.</summary>
    internal static IReadOnlyList<ClassShare> Of(LabelMap labels, ClassList classes)
    {
        var counts = labels.CountPixels();
        var labelled = labels.Labels.Length - counts[LabelMap.IgnoreId];
        return
        [
            .. Enumerable.Range(0, LabelMap.IgnoreId)
                .Where(id => counts[id] > 0)
                .Select(id => new ClassShare(id, classes.OfAnyId(id), counts[id], (double)counts[id] / labelled))
                .OrderByDescending(share => share.Pixels),
        ];
    }
}
