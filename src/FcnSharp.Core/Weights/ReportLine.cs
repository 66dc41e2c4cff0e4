namespace FcnSharp.Weights;

/// <summary>What was done with one tensor. Immutable.</summary>
public sealed record ReportLine
{
    internal ReportLine(string tensor, string note) =>
        (Tensor, Note) = (tensor, note);

    /// <summary>The tensor's name in this library; for a tensor that was left out, its name in the file.</summary>
    public string Tensor { get; }

    /// <summary>The tensor's origin, what was done with it, or the reason.</summary>
    public string Note { get; }
}
