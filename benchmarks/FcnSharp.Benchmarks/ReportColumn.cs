namespace FcnSharp.Benchmarks;

/// <summary>A column of numbers.</summary>
/// <param name="Key">The name in JSON.</param>
/// <param name="Heading">The heading on the console.</param>
/// <param name="Format">The numeric format on the console.</param>
internal sealed record ReportColumn(string Key, string Heading, string Format);
