namespace FcnSharp.Weights.Pickling;

/// <summary>Numbers in the file that tensors are views of.</summary>
/// <param name="Key">Its name among the file's storages.</param>
/// <param name="Dtype">Type of the numbers, called as in safetensors files.</param>
/// <param name="Count">How many there are.</param>
internal sealed record PickleStorage(string Key, string Dtype, long Count);
