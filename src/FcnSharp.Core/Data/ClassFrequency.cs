using FcnSharp.Imaging;

namespace FcnSharp.Data;

/// <summary>How often a class occurs in a data set.</summary>
/// <param name="Id">The class id.</param>
/// <param name="Info">Its name and colour.</param>
/// <param name="Pixels">Its pixels.</param>
/// <param name="Pictures">The pictures that have at least one of them.</param>
/// <param name="Share">Its fraction, 0 to 1, of all pixels that belong to a class.</param>
/// <param name="Weight">
/// A weight for the loss that makes rare classes count more: 1 / ln(1.02 + share), 1.4 to 50.5 (Paszke et al., ENet, 2016, section 5.1).
/// </param>
public sealed record ClassFrequency(int Id, ClassInfo Info, long Pixels, int Pictures, double Share, double Weight)
{
    private const double Damping = 1.02;

    /// <summary>The weight of a class that has this share of the pixels.</summary>
    internal static double WeightOf(double share) => 1 / Math.Log(Damping + share);
}
