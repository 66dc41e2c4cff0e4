using FcnSharp.Training.Reports;

namespace FcnSharp.Torch.Tests.Training.Reports;

public sealed class SamplePredictionTests
{
    [Theory]
    [InlineData("street-1")]
    [InlineData("a_b")]
    [InlineData("Straße.1")]
    public void FileName_OfANameThatFits_IsTheName(string name) => Assert.Equal(name, SamplePrediction.FileName(name));

    [Fact]
    public void FileName_OfNamesThatDoNotFit_KeepsThemApart()
    {
        string[] names = ["a_b", "a/b", "a b", "a:b", new string('x', 61), new string('x', 62), "\ud83d\ude97", "\ud83d\ude98"];

        var files = names.Select(SamplePrediction.FileName).ToList();

        Assert.Equal(names.Length, files.Distinct(StringComparer.Ordinal).Count());
        Assert.All(files, file => Assert.Equal(file, Path.GetFileName(file)));
        Assert.All(files, file => Assert.InRange(file.Length, 3, 69));
        Assert.StartsWith("a_b-", files[1]);
    }
}
