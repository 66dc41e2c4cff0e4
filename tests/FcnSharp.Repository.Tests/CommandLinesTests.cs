using System.Text.RegularExpressions;

namespace FcnSharp.RepositoryTests;

/// <summary>Every command line that README and docs show is run somewhere, in one of the scripts or as a list here says; a second list
/// has those that are not, with the reason. Those of <c>fcn</c> are run by the tool's own tests.</summary>
public partial class CommandLinesTests
{
    private const string Data = "needs data sets that are not in the repository, and minutes to hours";
    private const string Cluster = "needs Slurm, which eng/slurm-check.sh starts on a machine that has it";
    private const string Container = "needs a container runtime";
    private const string Programs = "dotnet|curl|docker|kubectl|systemctl|sbatch|exec|find|eng/[a-z-]+[.]sh|web-demo/WebDemo";

    /// <summary>Command lines that are run in another form: what they begin with, the file that runs them, and what it says
    /// there.</summary>
    private static readonly (string Start, string File, string Proof)[] Elsewhere =
    [
        ("dotnet run -c Release --project samples/SegmentImage -- ", "tests/FcnSharp.Repository.Tests/SegmentImageTests.cs",
            "new(\"SegmentImage\")"),
        ("dotnet run -c Release --project samples/TrainYourOwn -- --data ", "tests/FcnSharp.Repository.Tests/TrainYourOwnTests.cs",
            "new(\"TrainYourOwn\")"),
        ("dotnet run -c Release samples/first-steps.cs", "eng/check-commands.sh", "dotnet run -c Release samples/first-steps.cs"),
        ("dotnet add package FcnSharp.Core", "eng/check-consumer.sh", "reference FcnSharp.Core"),
        ("dotnet add package FcnSharp.StreetScenes", "eng/check-consumer.sh", "reference FcnSharp.StreetScenes"),
        ("dotnet tool install --global FcnSharp.Cli", "eng/check-tool.sh", "dotnet tool install FcnSharp.Cli"),
        ("dotnet publish -r linux-x64", "eng/check-aot.sh", "dotnet publish samples/SegmentImage -c Release -r linux-x64"),
        ("dotnet publish samples/WebDemo ", "eng/check-web.sh",
            "dotnet publish samples/WebDemo -c Release -r linux-x64 --self-contained false -o"),
        ("eng/build-browser-demo.sh ", "eng/check-browser.sh", "eng/build-browser-demo.sh \"$demo\""),
        ("dotnet run eng/sample-report.cs", "eng/check-commands.sh", "eng/sample-report.cs"),
        ("dotnet run -c Release --project tests/FcnSharp.Fuzz", ".ci/run", "--project tests/FcnSharp.Fuzz -- --minutes 2"),
        ("curl --data-binary @samples/SegmentImage/leuven.jpg -H \"Content-Type: image/jpeg\" ", "eng/check-web.sh",
            "curl -s --data-binary @samples/SegmentImage/leuven.jpg -H \"Content-Type: image/jpeg\" "),
        ("curl -F picture=@samples/SegmentImage/leuven.jpg -H \"Accept: image/png\" ", "eng/check-web.sh",
            "curl -s -F picture=@samples/SegmentImage/leuven.jpg -H \"Accept: image/png\" "),
        ("find photos ", "tests/FcnSharp.Cli.Tests/DocumentedCommandsTests.cs", "Call()"),
    ];

    /// <summary>Command lines that nothing runs: what they begin with, and why.</summary>
    private static readonly (string Start, string Reason)[] NotRun =
    [
        ("dotnet test -c Release --project tests/FcnSharp.Tests -p:TorchBackend=", "needs an NVIDIA GPU and CUDA"),
        ("sbatch ", Cluster),
        ("exec fcn segment ", Cluster),
        ("docker ", Container),
        ("kubectl ", "needs a Kubernetes cluster; tests read the manifests"),
        ("systemctl ", "needs systemd as the first process; eng/check-web.sh lets it check the unit"),
        ("Segmentation__MaxPixels=", "serves until it is ended; the options are tested with the web demo"),
        ("MALLOC_MMAP_MAX_=0 ", "stands for a program of the reader's"),
        ("eng/train-street-scenes.sh ", Data),
        ("eng/trunk-worth.sh ", Data),
        ("eng/fuzz-coverage.sh", "instruments the library; .ci/run runs the campaign itself"),
    ];

    public static TheoryData<string> Pages => [.. DocumentationPages.Guides];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Commands_OfThePage_AreRunOrListedWithAReason(string page) =>
        Assert.All(CommandsOf(page), command => Assert.True(IsRun(command) || IsListed(command), $"{page}: nothing runs \"{command}\". " +
            $"Run it in .ci/run or a script of eng, or add it to a list of {nameof(CommandLinesTests)}."));

    [Theory]
    [InlineData("README.md", "dotnet test -c Release")]
    [InlineData("docs/models/street-scenes.md", "eng/train-street-scenes.sh DIR --epochs 11 --out first")]
    [InlineData("docs/tutorials/segment-a-picture.md", "dotnet run -c Release samples/first-steps.cs")]
    public void Commands_OfAPageWithSome_AreFound(string page, string command) => Assert.Contains(command, CommandsOf(page));

    [Fact]
    public void Commands_ThatNothingRuns_AreMissed() => Assert.False(IsRun("dotnet run --project samples/NoSuchSample"));

    [Fact]
    public void List_OfWhatIsRunElsewhere_IsTrueAndUsed() => Assert.All(Elsewhere, entry =>
    {
        Assert.Contains(entry.Proof, DocumentationPages.Read(entry.File));
        Assert.Contains(AllCommands(), command => command.StartsWith(entry.Start, StringComparison.Ordinal));
    });

    [Fact]
    public void List_OfWhatIsNotRun_IsUsedAndGivesReasons() => Assert.All(NotRun, entry =>
    {
        Assert.NotEmpty(entry.Reason);
        Assert.Contains(AllCommands(), command => command.StartsWith(entry.Start, StringComparison.Ordinal));
    });

    private static bool IsListed(string command) => NotRun.Any(entry => command.StartsWith(entry.Start, StringComparison.Ordinal));

    private static bool IsRun(string command) =>
        Scripts().Any(script => script.Split('\n').Any(line => line.EndsWith(command, StringComparison.Ordinal)))
        || Elsewhere.Any(entry => command.StartsWith(entry.Start, StringComparison.Ordinal))
        || (BenchmarkVerb().Match(command) is { Success: true } verb
            && Scripts().Any(script => script.Contains(verb.Value, StringComparison.Ordinal)));

    private static IEnumerable<string> Scripts() =>
        [DocumentationPages.Read(".ci/run"), .. Directory.GetFiles(Repository.At("eng"), "*.sh").Select(DocumentationPages.Read)];

    private static IEnumerable<string> AllCommands() => DocumentationPages.Guides.SelectMany(CommandsOf);

    /// <summary>Whole lines of code blocks, and <c>dotnet</c> within lines.</summary>
    private static List<string> CommandsOf(string page) =>
    [
        .. DocumentationPages.BlocksOf(page, "", "sh", "bash")
            .SelectMany(block => block.Split('\n')).Where(line => Command().IsMatch(line)),
        .. Inline().Matches(DocumentationPages.ProseOf(page)).Select(code => code.Groups[1].Value),
    ];

    /// <summary>A line that begins with a program, after variables for it if there are any.</summary>
    [GeneratedRegex($"^(?:[A-Z][A-Za-z_]*=[^ ]* )*(?:{Programs})(?: |$)")]
    private static partial Regex Command();

    [GeneratedRegex("`(dotnet [a-z]+ [^`]*)`")]
    private static partial Regex Inline();

    /// <summary>A benchmark is run with smaller numbers than the documentation gives for figures.</summary>
    [GeneratedRegex("^dotnet run -c Release --project benchmarks/FcnSharp.Benchmarks -- [a-z-]+")]
    private static partial Regex BenchmarkVerb();
}
