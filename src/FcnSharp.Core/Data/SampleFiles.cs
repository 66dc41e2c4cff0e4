namespace FcnSharp.Data;

/// <summary>Where one sample's files are; where one is missing, the place at which it was looked for.</summary>
internal readonly record struct SampleFiles(string Name, string Picture, string Mask);
