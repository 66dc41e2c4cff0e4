namespace FcnSharp.Fuzz.Generators;

/// <summary>A tensor as it will be written into some format of weights, perhaps wrongly.</summary>
/// <param name="Name">Under the names of some tool.</param>
/// <param name="Dtype">Called as in safetensors files.</param>
/// <param name="Shape">What the file will say, whatever <paramref name="Data"/> holds.</param>
/// <param name="Data">Its numbers.</param>
internal sealed record DrawnTensor(string Name, string Dtype, long[] Shape, byte[] Data);
