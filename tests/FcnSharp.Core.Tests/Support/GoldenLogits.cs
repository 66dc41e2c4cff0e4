using FcnSharp.Networks;

namespace FcnSharp.Tests.Support;

/// <summary>Logits that PyTorch computed at full width, from hash-filled weights.</summary>
internal static class GoldenLogits
{
    public static TheoryData<string, FcnVariant, FcnLayout, bool> Networks => new()
    {
        { "compact-fcn8s", FcnVariant.Fcn8s, FcnLayout.Compact, false },
        { "compact-fcn16s", FcnVariant.Fcn16s, FcnLayout.Compact, false },
        { "compact-fcn32s", FcnVariant.Fcn32s, FcnLayout.Compact, false },
        { "paper-fcn8s", FcnVariant.Fcn8s, FcnLayout.Original, false },
        { "paper-fcn8s-atonce", FcnVariant.Fcn8s, FcnLayout.Original, true },
        { "paper-fcn16s", FcnVariant.Fcn16s, FcnLayout.Original, false },
        { "paper-fcn32s", FcnVariant.Fcn32s, FcnLayout.Original, false },
    };

    /// <summary>Every file, with the name of its network: <c>paper-fcn8s-64x96</c> is of <c>paper-fcn8s</c>.</summary>
    public static ILookup<string, string> FilesByNetwork { get; } = Directory
        .GetFiles(Path.Combine(AppContext.BaseDirectory, "Golden"), "*.safetensors")
        .ToLookup(file => Path.GetFileNameWithoutExtension(file)[..Path.GetFileNameWithoutExtension(file).LastIndexOf('-')]);

    /// <summary>Asserts that a network gives the logits of each of its files.</summary>
    /// <param name="name">As in <see cref="Networks"/>.</param>
    /// <param name="score">From the input (1, 3, H, W) to the logits, row-major.</param>
    public static void AssertAllOf(string name, Func<NetworkTensor, ReadOnlyMemory<float>> score)
    {
        Assert.NotEmpty(FilesByNetwork[name]);

        foreach (var file in FilesByNetwork[name])
        {
            var golden = GoldenTensors.Read(file);

            Closeness.Assert(golden["y"].Values.Span, score(golden["x"]).Span, Closeness.ToPyTorch, Path.GetFileName(file));
        }
    }
}
