namespace FcnSharp.Imaging;

/// <summary>How much of a label map a class covers.</summary>
/// <param name="Id">The class id.</param>
/// <param name="Info">Its name and colour.</param>
/// <param name="Pixels">Its pixels; at least 1.</param>
/// <param name="Share">Its fraction, above 0 up to 1, of the pixels that are not <see cref="LabelMap.IgnoreId"/>.</param>
public sealed record ClassShare(int Id, ClassInfo Info, long Pixels, double Share)
{
    /// <summary>The classes that a map has, without the ignored id; largest first, then by id.</summary>
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
