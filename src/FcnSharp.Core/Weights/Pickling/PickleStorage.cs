using FcnSharp.Tensors;

namespace FcnSharp.Weights.Pickling;

/// <summary>Numbers in the file that tensors are views of.</summary>
/// <param name="Key">Its name among the file's storages.</param>
/// <param name="Type">Type of the numbers.</param>
/// <param name="Count">How many there are.</param>
internal sealed record PickleStorage(string Key, ElementType Type, long Count);
