using FcnSharp.Imaging;

namespace FcnSharp.Data;

/// <summary>How often a class occurs in a data set.</summary>
public sealed record ClassFrequency
{
    private const double Damping = 1.02;

    internal ClassFrequency(int id, ClassInfo info, long pixels, int pictures, double share, double weight) =>
        (Id, Info, Pixels, Pictures, Share, Weight) = (id, info, pixels, pictures, share, weight);

    /// <summary>The class id.</summary>
    public int Id { get; }

    /// <summary>Its name and colour.</summary>
    public ClassInfo Info { get; }

    /// <summary>Its pixels.</summary>
    public long Pixels { get; }

    /// <summary>The pictures that have at least one of them.</summary>
    public int Pictures { get; }

    /// <summary>Its fraction, 0 to 1, of all pixels that belong to a class.</summary>
    public double Share { get; }

    /// <summary>A weight for the loss that makes rare classes count more: 1 / ln(1.02 + share), 1.4 to 50.5 (Paszke et al., ENet, 2016,
    /// section 5.1).</summary>
    public double Weight { get; }

    /// <summary>The weight of a class that has this share of the pixels.</summary>
    internal static double WeightOf(double share) => 1 / Math.Log(Damping + share);
}
