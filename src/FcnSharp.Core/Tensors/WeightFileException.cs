using FcnSharp.Support;

namespace FcnSharp.Tensors;

/// <summary>A weight file cannot be used: it is damaged, in another format, or does not fit the network.</summary>
public sealed class WeightFileException : InputFileException
{
    /// <summary>Describes an error of the file as a whole.</summary>
    /// <param name="path">The file, as the caller named it.</param>
    /// <param name="reason">What is wrong, as a sentence that follows "path: ".</param>
    /// <param name="remedy">What to do, as a sentence.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public WeightFileException(string path, string reason, string remedy, Exception? innerException = null)
        : base(path, reason, remedy, innerException)
    {
    }

    internal WeightFileException(string path, TensorMismatch mismatch, string remedy)
        : this(path, mismatch.ToString(), remedy) =>
        (Tensor, Expected, Actual) = (mismatch.Tensor, mismatch.Expected, mismatch.Actual);

    /// <summary>Name of the tensor that is wrong; null when the error does not concern a single tensor.</summary>
    public string? Tensor { get; }

    /// <summary>The expected shape, type or value; null when <see cref="Tensor"/> is.</summary>
    public string? Expected { get; }

    /// <summary>The shape, type or value that was found; null when <see cref="Tensor"/> is.</summary>
    public string? Actual { get; }
}

/// <summary>A tensor that is missing, unexpected or misshapen.</summary>
internal sealed record TensorMismatch(string Tensor, string Expected, string Actual)
{
    public override string ToString() => $"tensor {FileText.Shown(Tensor)}: expected {Expected}, found {FileText.Shown(Actual)}.";
}
