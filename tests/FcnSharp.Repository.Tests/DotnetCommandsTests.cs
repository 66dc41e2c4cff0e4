using System.Text.RegularExpressions;

namespace FcnSharp.RepositoryTests;

/// <summary>Every <c>dotnet</c> command line that README and docs show is run somewhere: the scripts say so, or this list says
/// where.</summary>
public partial class DotnetCommandsTests
{
    /// <summary>Command lines that are run in another form: what they begin with, the file that runs them, and what it says
    /// there.</summary>
    private static readonly (string Start, string File, string Proof)[] Elsewhere =
    [
        ("dotnet run -c Release --project samples/SegmentImage -- ", "tests/FcnSharp.Repository.Tests/SegmentImageTests.cs",
            "new(\"SegmentImage\")"),
        ("dotnet add package FcnSharp.Core", "eng/check-consumer.sh", "reference FcnSharp.Core"),
        ("dotnet add package FcnSharp.StreetScenes", "eng/check-consumer.sh", "reference FcnSharp.StreetScenes"),
        ("dotnet tool install --global FcnSharp.Cli", "eng/check-tool.sh", "dotnet tool install FcnSharp.Cli"),
        ("dotnet publish -r linux-x64", "eng/check-aot.sh", "dotnet publish samples/SegmentImage -c Release -r linux-x64"),
        ("dotnet publish samples/WebDemo ", "eng/check-web.sh",
            "dotnet publish samples/WebDemo -c Release -r linux-x64 --self-contained false -o"),
        ("dotnet run eng/sample-report.cs", "eng/check-commands.sh", "eng/sample-report.cs"),
        ("dotnet run -c Release --project tests/FcnSharp.Fuzz", ".ci/run", "--project tests/FcnSharp.Fuzz -- --minutes 2"),

        // The same tests with the default backend; the others need a GPU.
        ("dotnet test -c Release --project tests/FcnSharp.Tests -p:TorchBackend=", ".ci/run", "dotnet test -c Release\n"),
    ];

    public static TheoryData<string> Pages =>
        [.. Directory.GetFiles(Repository.At("docs"), "*.md").Select(page => $"docs/{Path.GetFileName(page)}").Append("README.md").Order()];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Commands_OfThePage_AreRunSomewhere(string page) =>
        Assert.All(CommandsOf(page), command => Assert.True(IsRun(command), $"{page}: nothing runs \"{command}\". " +
            $"Run it in .ci/run or a script of eng, or add it to the list in {nameof(DotnetCommandsTests)}."));

    [Fact]
    public void Commands_OfTheReadme_AreFound() => Assert.Contains("dotnet test -c Release", CommandsOf("README.md"));

    [Fact]
    public void Commands_ThatNothingRuns_AreMissed() => Assert.False(IsRun("dotnet run --project samples/NoSuchSample"));

    [Fact]
    public void List_OfWhatIsRunElsewhere_IsTrue() =>
        Assert.All(Elsewhere, entry => Assert.Contains(entry.Proof, Read(entry.File)));

    private static bool IsRun(string command) =>
        Scripts().Any(script => script.Split('\n').Any(line => line.EndsWith(command, StringComparison.Ordinal)))
        || Elsewhere.Any(entry => command.StartsWith(entry.Start, StringComparison.Ordinal))
        || (BenchmarkVerb().Match(command) is { Success: true } verb
            && Scripts().Any(script => script.Contains(verb.Value, StringComparison.Ordinal)));

    private static IEnumerable<string> Scripts() =>
        [Read(".ci/run"), .. Directory.GetFiles(Repository.At("eng"), "*.sh")
            .Select(file => File.ReadAllText(file).ReplaceLineEndings("\n"))];

    private static string Read(string file) => File.ReadAllText(Repository.At(file)).ReplaceLineEndings("\n");

    /// <summary>Whole lines of code blocks, and code within lines.</summary>
    private static List<string> CommandsOf(string page)
    {
        var text = Read(page);
        return
        [
            .. Block().Matches(text).SelectMany(block => block.Groups[1].Value.Split('\n'))
                .Where(line => line.StartsWith("dotnet ", StringComparison.Ordinal)),
            .. Inline().Matches(Block().Replace(text, "")).Select(code => code.Groups[1].Value),
        ];
    }

    [GeneratedRegex("^```(?:|sh|bash)\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("`(dotnet [a-z]+ [^`]*)`")]
    private static partial Regex Inline();

    /// <summary>A benchmark is run with smaller numbers than the documentation gives for figures.</summary>
    [GeneratedRegex("^dotnet run -c Release --project benchmarks/FcnSharp.Benchmarks -- [a-z-]+")]
    private static partial Regex BenchmarkVerb();
}
