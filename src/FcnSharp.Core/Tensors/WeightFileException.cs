using FcnSharp.Support;

namespace FcnSharp.Tensors;

/// <summary>A weight file cannot be used: it is damaged, of another kind, or does not fit the network. The message is one line that names
/// the file.</summary>
/// <remarks>Texts of the file in the message are cut and made printable; the message has at most 400 characters.</remarks>
public sealed class WeightFileException : IOException
{
    /// <summary>Describes a fault of the file as a whole.</summary>
    /// <param name="path">The file, as the caller named it.</param>
    /// <param name="reason">What is wrong and what to do, as a sentence.</param>
    /// <param name="innerException">What the system said, if it said anything.</param>
    public WeightFileException(string path, string reason, Exception? innerException = null)
        : base(FileText.Message(path, reason), innerException) =>
        (Path, Reason) = (path, reason);

    internal WeightFileException(string path, TensorMismatch mismatch, string advice)
        : this(path, $"{mismatch} {advice}") =>
        (Tensor, Expected, Actual) = (mismatch.Tensor, mismatch.Expected, mismatch.Actual);

    /// <summary>The file, as the caller named it.</summary>
    public string Path { get; }

    /// <summary>What is wrong with it and what to do.</summary>
    public string Reason { get; }

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
