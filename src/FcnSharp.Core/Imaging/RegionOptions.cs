using FcnSharp.Support;

namespace FcnSharp.Imaging;

/// <summary>Defines the regions of a label map. Immutable; change a copy with <c>with</c>.</summary>
public sealed record RegionOptions
{
    /// <summary>Which pixels are connected. The default is <see cref="Connectivity.Eight"/>.</summary>
    public Connectivity Connectivity
    {
        get;
        init => field = value is Connectivity.Four or Connectivity.Eight
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"Connectivity must be Four or Eight, but was {value}.");
    } = Connectivity.Eight;

    /// <summary>Size of the smallest region that is kept, in pixels; at least 1, the default.</summary>
    public long MinPixels
    {
        get;
        init => field = Guard.InRange(value, 1, long.MaxValue, nameof(MinPixels), "1 keeps every region.");
    } = 1;

    /// <summary>The id whose pixels belong to no region, 0 to 255; the default is 255. <see langword="null"/> means that no id is
    /// ignored.</summary>
    public int? IgnoreId
    {
        get;
        init => field = value is { } id ? Guard.InRange(id, 0, 255, nameof(IgnoreId), "Class ids are bytes; null ignores none.") : null;
    } = LabelMap.IgnoreId;
}
