using FcnSharp.Imaging;

namespace FcnSharp.Benchmarks.Peers;

/// <summary>Compares the outputs of two peers.</summary>
/// <param name="Pixels">Number of pixels of the picture.</param>
/// <param name="LargestScore">max|y| of the reference.</param>
/// <param name="Difference">The largest difference of scores, as a fraction of max|y|.</param>
/// <param name="SameLabels">Fraction of pixels with the same class.</param>
internal sealed record PeerComparison(int Pixels, double LargestScore, double Difference, double SameLabels)
{
    /// <summary>Whether scores differ by at most a thousandth of the largest one and nearly all labels are equal. False if all scores are
    /// at most 0.1, since the comparison is meaningless then.</summary>
    public bool IsEqual => LargestScore > 0.1 && Difference <= 1e-3 && SameLabels >= 0.9999;

    public static PeerComparison Of(Peer peer, Peer reference, RgbImage picture)
    {
        var (actual, expected) = (peer.Scores(picture), reference.Scores(picture));
        var (labels, expectedLabels) = (peer.Labels(picture), reference.Labels(picture));
        var largest = expected.Max(Math.Abs);
        var difference = actual.Zip(expected, (a, b) => Math.Abs(a - b)).Max();
        var same = labels.Zip(expectedLabels, (a, b) => a == b ? 1 : 0).Sum();
        return new PeerComparison(labels.Length, largest, difference / largest, (double)same / labels.Length);
    }
}
