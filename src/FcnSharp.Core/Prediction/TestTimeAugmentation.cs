using System.Collections.Immutable;
using FcnSharp.Support;

namespace FcnSharp.Prediction;

/// <summary>
/// Several views of a picture, whose probabilities are averaged. Slower, and usually a little more accurate.
/// Immutable; change a copy with <c>with</c>. Instances with the same views are equal.
/// </summary>
/// <remarks>
/// The time is proportional to the total area of the views: scales 0.75, 1 and 1.25 with <see cref="Flip"/> take
/// 2 * (0.5625 + 1 + 1.5625) = 6.25 times as long. The scores of all views are in memory at the same time: 4 bytes per class and pixel of
/// each scaled view.
/// </remarks>
public sealed record TestTimeAugmentation
{
    /// <summary>Scales 1 and 1.5, each also mirrored: 6.5 times the time of the picture alone.</summary>
    public static TestTimeAugmentation Accurate { get; } = new() { Flip = true, Scales = [1, 1.5] };

    /// <summary>Whether every view is also used mirrored. The default is false.</summary>
    public bool Flip { get; init; }

    /// <summary>
    /// 1 to 16 factors, each 0.1 to 4, on the working size (see <see cref="PredictorOptions.WorkingSize"/>). The default is the single
    /// factor 1.
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
                $"{name} must have 1 to 16 factors. Use [1] for a single scale.", name);
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
