using FcnSharp.Support;

namespace FcnSharp.Training.Learning;

/// <summary>Computes the class weights of the loss.</summary>
internal static class ClassWeights
{
    /// <summary>Computes the weights by the formulas documented at the members of <see cref="ClassWeighting"/>.</summary>
    /// <param name="loss">The options, which select the formula.</param>
    /// <param name="pixelsPerClass">Number of pixels of each class in the training data.</param>
    /// <returns>A positive, finite weight for every class; 1 if the formula is undefined because the class has no pixels. Null means 1
    /// for all.</returns>
    /// <exception cref="ArgumentException">No class has a pixel, or the number of given weights is not the number of classes.</exception>
    public static double[]? From(LossOptions loss, IReadOnlyList<long> pixelsPerClass)
    {
        if (loss.Weighting == ClassWeighting.None)
        {
            return null;
        }

        if (loss.Weighting == ClassWeighting.Given)
        {
            return loss.ClassWeights.Length == pixelsPerClass.Count
                ? [.. loss.ClassWeights]
                : throw new ArgumentException(
                    Guard.Text(
                        $"LossOptions.ClassWeights has {loss.ClassWeights.Length} weights, but the data set has {pixelsPerClass.Count} " +
                        $"classes. Give one for each class."),
                    nameof(loss));
        }

        var total = pixelsPerClass.Sum();
        if (total == 0)
        {
            throw new ArgumentException(
                "Expected pixels of at least one class, but every pixel is ignored. Check the masks and the data set's ignored id.",
                nameof(pixelsPerClass));
        }

        var shares = pixelsPerClass.Select(pixels => (double)pixels / total).ToArray();
        return loss.Weighting == ClassWeighting.InverseLog
            ? [.. shares.Select(share => 1 / Math.Log(loss.InverseLogOffset + share))]
            : MedianFrequency(shares);
    }

    private static double[] MedianFrequency(double[] shares)
    {
        double[] present = [.. shares.Where(share => share > 0).Order()];
        var median = (present[(present.Length - 1) / 2] + present[present.Length / 2]) / 2;
        return [.. shares.Select(share => share > 0 ? median / share : 1)];
    }
}
