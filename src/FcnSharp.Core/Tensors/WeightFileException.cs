using FcnSharp.Support;

namespace FcnSharp.Tensors;

/// <summary>A weight file cannot be used: it is damaged, of another kind, or does not fit the network.</summary>
public sealed class WeightFileException : InputFileException
{
    /// <summary>Describes a fault of the file as a whole.</summary>
    /// <param name="path">The file, as the caller named it.</param>
    /// <param name="reason">What is wrong, as a sentence that follows "path: ".</param>
    /// <param name="remedy">What to do, as a sentence.</param>
    /// <param name="innerException">What the system said, if it said anything.</param>
    public WeightFileException(string path, string reason, string remedy, Exception? innerException = null)
        : base(path, reason, remedy, innerException)
    {
    }

    internal WeightFileException(string path, TensorMismatch mismatch, string remedy)
        : this(path, mismatch.ToString(), remedy) =>
        (Tensor, Expected, Actual) = (mismatch.Tensor, mismatch.Expected, mismatch.Actual);

    /// <summary>The tensor at fault; null when the fault is not one tensor's.</summary>
    public string? Tensor { get; }

    /// <summary>What the tensor should have been; null when <see cref="Tensor"/> is.</summary>
    public string? Expected { get; }

    /// <summary>What it was; null when <see cref="Tensor"/> is.</summary>
    public string? Actual { get; }
}

/// <summary>A tensor that is missing, unexpected or misshapen.</summary>
internal sealed record TensorMismatch(string Tensor, string Expected, string Actual)
{
    public override string ToString() => $"tensor {FileText.Shown(Tensor)}: expected {Expected}, found {FileText.Shown(Actual)}.";
}
