using FcnSharp.Support;

namespace FcnSharp.Networks;

/// <summary>A tensor that is missing, unexpected or misshapen.</summary>
internal sealed record TensorMismatch(string Tensor, string Expected, string Actual)
{
    public override string ToString() => $"tensor {FileText.Shown(Tensor)}: expected {Expected}, found {Actual}.";
}
