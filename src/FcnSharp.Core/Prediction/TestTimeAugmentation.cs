using System.Collections.Immutable;
using FcnSharp.Imaging;
using FcnSharp.Support;

namespace FcnSharp.Prediction;

/// <summary>
/// Views of a picture that are all shown to the network; the mean of their probabilities decides. Slower, and usually a little better.
/// Immutable; change a copy with <c>with</c>. Two with the same views are equal.
/// </summary>
/// <remarks>
/// Time grows with the views' area: scales 0.75, 1 and 1.25 with <see cref="Flip"/> take 2 * (0.5625 + 1 + 1.5625) = 6.25 times as long.
/// The scores of all views are held until the answer is made: 4 bytes for each class and pixel of each view at its size for the network.
/// </remarks>
public sealed record TestTimeAugmentation
{
    /// <summary>Scales 1 and 1.5, each mirrored as well: 6.5 times the time of the picture alone.</summary>
    public static TestTimeAugmentation Accurate { get; } = new() { Flip = true, Scales = [1, 1.5] };

    /// <summary>Whether every view is shown mirrored as well. The default is false.</summary>
    public bool Flip { get; init; }

    /// <summary>
    /// Factors, 0.1 to 4, on the size at which the network sees the picture (see <see cref="PredictorOptions.WorkingSize"/>); 1 to 16 of
    /// them. The default is 1 alone.
    /// </summary>
    public ImmutableArray<double> Scales
    {
        get;
        init => field = Checked(value, nameof(Scales));
    } = [1];

    /// <inheritdoc/>
    public bool Equals(TestTimeAugmentation? other) =>
        other is not null && Flip == other.Flip && Scales.AsSpan().SequenceEqual(other.Scales.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Flip, Scales.Length, Scales[0], Scales[^1]);

    private static ImmutableArray<double> Checked(ImmutableArray<double> scales, string name)
    {
        if (scales.IsDefault || scales.Length is 0 or > 16)
        {
            throw new ArgumentException(
                $"{name} must have 1 to 16 factors. Use [1] for the picture's own size alone.", name);
        }

        foreach (var scale in scales)
        {
            if (scale is not (>= 0.1 and <= 4))
            {
                throw new ArgumentOutOfRangeException(
                    name, scale, Guard.Text($"{name} must be 0.1 to 4, but one was {scale}. They are factors on the working size."));
            }
        }

        return scales;
    }
}

/// <summary>A picture as a network is shown it.</summary>
/// <param name="Picture">At the size for the network.</param>
/// <param name="Mirrored">Whether left and right are swapped.</param>
internal readonly record struct PictureView(RgbImage Picture, bool Mirrored);
