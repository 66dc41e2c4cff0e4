namespace FcnSharp.Weights;

/// <summary>What became of one tensor.</summary>
public sealed record ReportLine
{
    internal ReportLine(string tensor, string note) =>
        (Tensor, Note) = (tensor, note);

    /// <summary>Its name: this library's, or the file's for a tensor that was left out.</summary>
    public string Tensor { get; }

    /// <summary>Where it came from, what was done to it, or why.</summary>
    public string Note { get; }
}
