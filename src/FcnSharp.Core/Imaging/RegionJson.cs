namespace FcnSharp.Imaging;

/// <summary>One region of a label map.</summary>
internal sealed record RegionJson(int ClassId, string ClassName, long Pixels, PixelBox Box)
{
    public static RegionJson Of(Region region, ClassList classes) =>
        new(region.ClassId, classes.OfAnyId(region.ClassId).Name, region.PixelCount, region.Box);
}
