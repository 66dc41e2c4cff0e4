namespace FcnSharp.Benchmarks;

/// <summary>A column of numbers.</summary>
/// <param name="Key">What JSON calls it.</param>
/// <param name="Heading">What stands above it on the console.</param>
/// <param name="Format">How its numbers are written there.</param>
internal sealed record ReportColumn(string Key, string Heading, string Format);
