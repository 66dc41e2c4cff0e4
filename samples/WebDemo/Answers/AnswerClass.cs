using FcnSharp.Imaging;

namespace WebDemo.Answers;

/// <summary>How much of the picture a class covers; the share is a fraction, 0 to 1.</summary>
internal sealed record AnswerClass(int Id, string Name, string Color, long Pixels, double Share)
{
    public static AnswerClass Of(ClassShare share) =>
        new(share.Id, share.Info.Name, share.Info.Color.ToString(), share.Pixels, Math.Round(share.Share, 6));
}
