namespace FcnSharp.Fuzz.Generators;

/// <summary>A tensor to be written to a weight file, possibly with errors.</summary>
/// <param name="Name">The name, as in files of some tool.</param>
/// <param name="Dtype">The element type, by its name in safetensors files.</param>
/// <param name="Shape">The shape in the file, which may contradict <paramref name="Data"/>.</param>
/// <param name="Data">The values.</param>
internal sealed record DrawnTensor(string Name, string Dtype, long[] Shape, byte[] Data);
