namespace FcnSharp.RepositoryTests;

/// <summary>The line length of .editorconfig, which no compiler enforces.</summary>
public class LineLengthTests
{
    private const int Longest = 140;

    [Theory]
    [InlineData("src")]
    [InlineData("samples")]
    [InlineData("tests")]
    [InlineData("benchmarks")]
    [InlineData("eng")]
    public void Code_OfAFolder_HasNoLineLongerThanEditorconfigSays(string folder)
    {
        string[] files = [.. Repository.SourceFiles(Repository.At(folder))];

        var tooLong =
            from file in files
            from line in File.ReadLines(Repository.At(folder, file)).Index()
            where line.Item.Length > Longest
            select $"{folder}/{file}:{line.Index + 1} has {line.Item.Length} characters";

        Assert.NotEmpty(files);
        Assert.Empty(tooLong);
    }

    [Fact]
    public void LongestLine_IsTheOneOfEditorconfig() =>
        Assert.Contains($"max_line_length = {Longest}", File.ReadLines(Repository.At(".editorconfig")));
}
