using System.Collections.Immutable;
using FcnSharp.Fuzz.Generators;

namespace FcnSharp.Fuzz.Readers;

/// <summary>One of the library's readers, as the campaign calls it.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="Refusal">The type of exception by which it refuses a file.</param>
/// <param name="Formats">Grammars of what it is fed.</param>
/// <param name="Read">Reads an input, in a folder if it takes a path.</param>
internal sealed record Reader(string Name, Type Refusal, ImmutableArray<Format> Formats, Func<Input, Workplace, Answer> Read)
{
    /// <summary>Whether it reads pictures, so that its bound grows with the pixels that a file claims.</summary>
    public bool ReadsPictures { get; init; }

    /// <summary>Every reader.</summary>
    public static ImmutableArray<Reader> All { get; } =
        [.. WeightReaders.All, .. PictureReaders.All, .. ListReaders.All, .. RunReaders.All];

    public static Reader? Find(string name) => All.FirstOrDefault(reader => reader.Name == name);
}
