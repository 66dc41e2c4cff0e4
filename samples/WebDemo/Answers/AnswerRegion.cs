using FcnSharp.Imaging;

namespace WebDemo.Answers;

/// <summary>Connected pixels of one class, and the smallest box around them.</summary>
internal sealed record AnswerRegion(int ClassId, string ClassName, long Pixels, PixelBox Box)
{
    public static AnswerRegion Of(Region region, ClassList classes) =>
        new(region.ClassId, classes[region.ClassId].Name, region.PixelCount, region.Box);
}
