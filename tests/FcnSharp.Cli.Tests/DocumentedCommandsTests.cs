using System.Text.RegularExpressions;

namespace FcnSharp.CliTests;

/// <summary>Every <c>fcn</c> command line that README, docs and help show is run as it stands there; those with a video, which take
/// ffmpeg, by eng/check-video.sh.</summary>
public partial class DocumentedCommandsTests
{
    public static TheoryData<string> Pages =>
    [
        .. Directory.GetFiles(Tool.RepositoryFile("docs"), "*.md", SearchOption.AllDirectories)
            .Select(page => $"docs/{Path.GetRelativePath(Tool.RepositoryFile("docs"), page).Replace('\\', '/')}").Append("README.md")
            .Where(page => Lines(page).Count > 0).Order(),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Commands_OfThePage_Work(string page)
    {
        using var folder = new ExampleFolder();

        Assert.All(Lines(page), line => AssertWorks(folder, line));
    }

    [Fact]
    public void Commands_OfTheDocs_AreFound()
    {
        Assert.Contains("docs/reference/command-line.md", Pages.Select(page => page.Data));
        Assert.Contains("fcn segment photo.jpg", Lines("docs/reference/command-line.md"));
        Assert.Contains("fcn inspect network.onnx --graph", Lines("docs/how-to/onnx.md"));
    }

    [Theory]
    [MemberData(nameof(HelpTests.Commands), MemberType = typeof(HelpTests))]
    public void Examples_InTheHelpOfACommand_Work(string command)
    {
        using var folder = new ExampleFolder();
        var examples = folder.Bash($"fcn {command} --help").Printed.Split("Examples:\n")[1]
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        Assert.NotEmpty(examples);
        Assert.All(examples.Where(example => !HasVideo(example)), example => AssertWorks(folder, example));
    }

    [Fact]
    public void Commands_WithAVideo_AreRunByTheScript()
    {
        Assert.Contains("fcn segment clip.mp4", AllLines("docs/how-to/video.md"));
        Assert.Contains("grep -rhE '^fcn .*clip' README.md docs", File.ReadAllText(Tool.RepositoryFile("eng", "check-video.sh")));
    }

    [Fact]
    public void Commands_ThatAreWrong_DoNotWork()
    {
        using var folder = new ExampleFolder();

        Assert.Equal(2, folder.Bash("fcn segment photo.jpg --no-such-option").Code);
    }

    private static void AssertWorks(ExampleFolder folder, string line)
    {
        // A line may end in & to go on beside the next; here each is waited for.
        var (code, printed) = folder.Bash($"set -o pipefail\n{line.TrimEnd('&', ' ')}");

        Assert.True(code == 0, $"{line}\nexits with {code}:\n{printed}");
    }

    private static bool HasVideo(string line) => line.Contains("clip", StringComparison.Ordinal);

    private static List<string> Lines(string page) => [.. AllLines(page).Where(line => !HasVideo(line))];

    /// <summary>The lines of a page's shell blocks that call the tool, at their beginning or behind a pipe.</summary>
    private static List<string> AllLines(string page) =>
        [.. Block().Matches(File.ReadAllText(Tool.RepositoryFile(page)).ReplaceLineEndings("\n"))
            .Where(block => block.Groups["language"].Value is "" or "sh" or "bash")
            .SelectMany(block => block.Groups["text"].Value.Split('\n'))
            .Where(line => Call().IsMatch(line))];

    [GeneratedRegex(@"^```(?<language>\w*)\n(?<text>.*?)^``` *$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^(?:[^|]*\| )?fcn ")]
    private static partial Regex Call();
}
