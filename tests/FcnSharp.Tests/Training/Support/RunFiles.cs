using FcnSharp.Tests.Support;

namespace FcnSharp.Torch.Tests.Training.Support;

/// <summary>Compares the parts of run folders that must not depend on interruptions.</summary>
internal static class RunFiles
{
    /// <summary>Asserts that the newest checkpoints, the models and the curves of two runs are equal.</summary>
    public static void AssertSame(TempFolder expected, TempFolder actual)
    {
        Assert.Equal(Checkpoints(expected)[^1], Checkpoints(actual)[^1]);
        foreach (var name in Checkpoints(expected)[^1..]
            .Concat(expected.FileNames().Where(name => name.StartsWith("best", StringComparison.Ordinal))))
        {
            Assert.True(File.ReadAllBytes(expected[name]).AsSpan().SequenceEqual(File.ReadAllBytes(actual[name])), $"{name} differs.");
        }

        Assert.Equal(File.ReadAllText(expected["validation.csv"]), File.ReadAllText(actual["validation.csv"]));
        Assert.Equal(Curve(expected), Curve(actual));
    }

    /// <summary>Names of the checkpoints, oldest first.</summary>
    public static string[] Checkpoints(TempFolder folder) =>
        [.. folder.FileNames().Where(
            name => name.StartsWith("checkpoint-", StringComparison.Ordinal) && name.EndsWith(".safetensors", StringComparison.Ordinal))];

    /// <summary>Step, stage, epoch, loss and rate of every line; the other columns are times.</summary>
    private static IEnumerable<string> Curve(TempFolder folder) =>
        File.ReadAllLines(folder["training.csv"]).Select(line => string.Join(',', line.Split(',')[..5]));
}
