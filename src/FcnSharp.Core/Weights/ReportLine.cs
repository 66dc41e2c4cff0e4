namespace FcnSharp.Weights;

/// <summary>What became of one tensor.</summary>
/// <param name="Tensor">Its name: this library's, or the file's for a tensor that was left out.</param>
/// <param name="Note">Where it came from, what was done to it, or why.</param>
public sealed record ReportLine(string Tensor, string Note);
