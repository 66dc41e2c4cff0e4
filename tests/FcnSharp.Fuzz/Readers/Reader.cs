using System.Collections.Immutable;
using FcnSharp.Fuzz.Generators;

namespace FcnSharp.Fuzz.Readers;

/// <summary>A reader of the library.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Refusal">The exception type with which the reader refuses a file.</param>
/// <param name="Formats">The grammars of its inputs.</param>
/// <param name="Read">Reads an input, in a folder if the reader takes a path.</param>
internal sealed record Reader(string Name, Type Refusal, ImmutableArray<Format> Formats, Func<Input, Workplace, Answer> Read)
{
    /// <summary>Whether it reads pictures, so that its memory bound grows with the pixels that the header states.</summary>
    public bool ReadsPictures { get; init; }

    /// <summary>Every reader.</summary>
    public static ImmutableArray<Reader> All { get; } =
        [.. WeightReaders.All, .. PictureReaders.All, .. ListReaders.All, .. RunReaders.All];

    public static Reader? Find(string name) => All.FirstOrDefault(reader => reader.Name == name);
}
