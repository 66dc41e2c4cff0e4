namespace FcnSharp.Imaging;

/// <summary>One class of a label map.</summary>
internal sealed record ClassShareJson(int Id, string Name, string Color, long Pixels, double Share)
{
    public static ClassShareJson Of(ClassShare share) =>
        new(share.Id, share.Info.Name, share.Info.Color.ToString(), share.Pixels, Math.Round(share.Share, 6));
}
