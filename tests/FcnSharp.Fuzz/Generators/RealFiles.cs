using System.Collections.Immutable;

namespace FcnSharp.Fuzz.Generators;

/// <summary>A grammar that returns only files that other tools wrote.</summary>
internal static class RealFiles
{
    private static readonly Lazy<ImmutableArray<byte[]>> Files = new(() =>
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Files")).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)]);

    public static Format Weights { get; } = new("real weights", dice =>
    {
        var file = Files.Value[dice.Below(Files.Value.Length)];
        return dice.IsSound ? file : Mutator.Mutate(dice, file, Files.Value[dice.Below(Files.Value.Length)]);
    });
}
