using System.Text.RegularExpressions;

namespace FcnSharp.RepositoryTests;

/// <summary>The guides for contributors name files that exist, and fit on a page.</summary>
public partial class ContributingTests
{
    private const int WordsOfAPage = 500;

    private static readonly Lazy<HashSet<string>> SourceNames = new(() =>
    [
        .. new[] { "src", "tests" }.SelectMany(folder => Repository.SourceFiles(Repository.At(folder))).Select(file => file.Split('/')[^1]),
    ]);

    public static TheoryData<string> Guides =>
        [.. Directory.GetFiles(Repository.At("docs", "contributing"), "*.md").Select(file => Path.GetRelativePath(Repository.Root, file))];

    public static TheoryData<string> Pages => [.. Guides.Select(row => row.Data), "CONTRIBUTING.md"];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Files_ThatThePageNames_Exist(string page)
    {
        var text = File.ReadAllText(Repository.At(page));
        var paths = FullPath().Matches(text).Concat(Link().Matches(text)).Select(match => match.Groups[1].Value).ToList();

        Assert.NotEmpty(paths);
        Assert.All(paths, path => Assert.True(Path.Exists(Repository.At(path)), $"{page} names {path}, which does not exist"));
        Assert.All(SourceName().Matches(text).Select(match => match.Groups[1].Value), name => Assert.Contains(name, SourceNames.Value));
    }

    [Theory]
    [MemberData(nameof(Guides))]
    public void Guide_FitsOnAPage(string page) =>
        Assert.InRange(File.ReadAllText(Repository.At(page)).Split(' ').Length, WordsOfAPage / 5, WordsOfAPage);

    /// <summary>Code such as <c>`src/FcnSharp.Core/Data/`</c>.</summary>
    [GeneratedRegex(@"`((?:src|tests|eng|docs|samples|benchmarks)/[\w./-]+)`")]
    private static partial Regex FullPath();

    /// <summary>Code such as <c>`CaffeModel.cs`</c>.</summary>
    [GeneratedRegex(@"`(\w+\.cs)`")]
    private static partial Regex SourceName();

    [GeneratedRegex(@"\]\(([^)#:\s]+)\)")]
    private static partial Regex Link();
}
