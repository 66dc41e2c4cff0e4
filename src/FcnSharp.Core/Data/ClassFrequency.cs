using FcnSharp.Imaging;

namespace FcnSharp.Data;

/// <summary>The frequency of a class in a data set. Immutable.</summary>
public sealed record ClassFrequency
{
    private const double Damping = 1.02;

    internal ClassFrequency(int id, ClassInfo info, long pixels, int pictures, double share, double weight) =>
        (Id, Info, Pixels, Pictures, Share, Weight) = (id, info, pixels, pictures, share, weight);

    /// <summary>The class id.</summary>
    public int Id { get; }

    /// <summary>Name and colour of the class.</summary>
    public ClassInfo Info { get; }

    /// <summary>Number of its pixels.</summary>
    public long Pixels { get; }

    /// <summary>Number of pictures with at least one such pixel.</summary>
    public int Pictures { get; }

    /// <summary>Its fraction, 0 to 1, of all pixels that belong to a class.</summary>
    public double Share { get; }

    /// <summary>A class weight for the loss, which is higher for rare classes: 1 / ln(1.02 + share), 1.4 to 50.5 (Paszke et al., ENet,
    /// 2016, section 5.1).</summary>
    public double Weight { get; }

    /// <summary>The weight of a class with the given share of the pixels.</summary>
    internal static double WeightOf(double share) => 1 / Math.Log(Damping + share);
}
