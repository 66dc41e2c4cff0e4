using System.Collections.Immutable;

namespace FcnSharp.Fuzz.Generators;

/// <summary>Files that other tools wrote, as a grammar that knows only these.</summary>
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
