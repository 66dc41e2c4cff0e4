using System.Collections.Immutable;

namespace FcnSharp.Engine;

/// <summary>The steps that <see cref="CpuEngine"/> computes for a picture of one size. Immutable.</summary>
/// <remarks>The plan is that of a whole picture. For a picture that is computed in tiles, every tile has the same steps.</remarks>
public sealed class CpuPlan
{
    internal CpuPlan(int width, int height, ImmutableArray<CpuPlanStep> steps, long workingBytes) =>
        (Width, Height, Steps, WorkingBytes) = (width, height, steps, workingBytes);

    /// <summary>Columns of the picture that the network is given, in pixels.</summary>
    public int Width { get; }

    /// <summary>Rows of the picture that the network is given, in pixels.</summary>
    public int Height { get; }

    /// <summary>The layers, in order; the last computes rows of scores, from which the labels are taken.</summary>
    public IReadOnlyList<CpuPlanStep> Steps { get; }

    /// <summary>Multiplications by the definitions of all operations, including those with padding zeros.</summary>
    public long AskedMultiplications => Steps.Sum(step => step.AskedMultiplications);

    /// <summary>Multiplications of the matrix products of all steps.</summary>
    public long Multiplications => Steps.Sum(step => step.Multiplications);

    /// <summary>The most memory that maps and transformed filters take at once, in bytes.</summary>
    public long WorkingBytes { get; }
}
