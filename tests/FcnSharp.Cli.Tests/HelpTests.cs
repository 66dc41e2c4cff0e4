using System.Diagnostics;
using System.Text.Json;

namespace FcnSharp.CliTests;

/// <summary>Help, completion, and the benchmark.</summary>
public sealed class HelpTests : IDisposable
{
    private readonly Tool tool = new();

    public static TheoryData<string> Commands =>
        ["segment", "evaluate", "check-data", "inspect", "convert", "models", "pull", "info", "bench", "completion"];

    public void Dispose() => tool.Dispose();

    [Fact]
    public void Help_OfTheTool_ListsEveryCommand()
    {
        var (code, output, errors) = tool.Run("--help");

        Assert.Equal((0, ""), (code, errors));
        Assert.All(Commands, command => Assert.Contains($"\n  {command.Data}", output));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_OfACommand_HasExamplesThatCanBeParsed(string command)
    {
        var (code, output, errors) = tool.Run(command, "--help");

        Assert.Equal((0, ""), (code, errors));
        var examples = output.Split("Examples:")[1].Split('\n').Where(line => line.StartsWith("  fcn ", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(examples);
        Assert.All(examples, example => Assert.StartsWith($"  fcn {command}", example));
    }

    [Fact]
    public void Help_OfThreads_SpeaksOfPhysicalCores()
    {
        var (_, output, _) = tool.Run("segment", "--help");

        Assert.Contains("one for each physical core", string.Join(' ', output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
    }

    [Fact]
    public void Bench_AsJson_HasTheFigures()
    {
        var (code, output, errors) = tool.RunWith([], "bench", "--json", "--model", Tool.SmallModel, "--threads", "1");

        Assert.True(code == 0, errors);
        var report = JsonDocument.Parse(output).RootElement;
        Assert.Equal(1, report.GetProperty("schema_version").GetInt32());
        Assert.Contains("1 thread,", report.GetProperty("engine").GetString());
        Assert.All(report.GetProperty("sizes").EnumerateArray(), size => Assert.True(size.GetProperty("seconds").GetDouble() > 0));
        Assert.True(report.GetProperty("peak_memory_megabytes").GetDouble() > 10);
    }

    [Fact]
    public void Bench_AsTable_HasARowForEachSize()
    {
        var (code, output, _) = tool.Run("bench", "--model", Tool.SmallModel);

        Assert.Equal(0, code);
        Assert.Contains("engine:", output);
        Assert.Contains("320x240", output);
    }

    [Fact]
    public void BenchPlan_WithoutAPicture_ShowsStepsForTheUsualSize()
    {
        var (code, output, errors) = tool.Run("bench", "--plan", "--model", Tool.SmallModel);

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("picture: 640x480", output);
        Assert.Contains("640x480x", Line("upscore_3b"));
        Assert.Contains("strips", Line("conv1.0"));
        Assert.StartsWith("total", Line("total"));

        string Line(string step) => output.Split('\n').Single(line => line.StartsWith($"{step} ", StringComparison.Ordinal));
    }

    [Fact]
    public void BenchPlan_OfAPictureAsJson_AddsUpToTheTotals()
    {
        var (code, output, errors) = tool.RunWith([], "bench", "--plan", Tool.Photo, "--json");

        Assert.True(code == 0, errors);
        var report = JsonDocument.Parse(output).RootElement;
        var steps = report.GetProperty("steps").EnumerateArray().ToList();
        Assert.Equal(1, report.GetProperty("schema_version").GetInt32());
        Assert.Equal(751, report.GetProperty("picture").GetProperty("width").GetInt32());
        Assert.Equal(StreetScenes.LoadNetwork().Card.WorkingSize, report.GetProperty("shown").GetProperty("width").GetInt32());
        Assert.Equal(11, steps[^1].GetProperty("output").GetProperty("channels").GetInt32());
        foreach (var figure in new[] { "asked_multiplications", "multiplications" })
        {
            Assert.Equal(report.GetProperty(figure).GetInt64(), steps.Sum(step => step.GetProperty(figure).GetInt64()));
        }
    }

    [Fact]
    public void BenchPlan_OfAFileThatIsMissing_SaysSoInOneLine()
    {
        var (code, output, errors) = tool.Run("bench", "--plan", "nowhere.jpg");

        Assert.Equal((2, ""), (code, output));
        OneLine.Assert(errors, "error: nowhere.jpg: ");
    }

    [Theory]
    [InlineData("fcn se", "segment")]
    [InlineData("fcn bench --pl", "--plan")]
    [InlineData("fcn inspect --gr", "--graph")]
    [InlineData("fcn inspect --me", "--mermaid")]
    [InlineData("fcn segment --ov", "--overlay")]
    [InlineData("fcn completion ba", "bash")]
    [InlineData("fcn segment --channels r", "rgb")]
    [InlineData("fcn segment photo", "")]
    [InlineData("fcn ", "segment|evaluate|check-data|inspect|convert|models|pull|info|bench|completion")]
    public void Completion_InBash_OffersWhatFits(string line, string expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs bash.");
        File.WriteAllText(tool.At("script"), tool.Run("completion", "bash").Output);

        var offered = Bash($$"""
            fcn() { dotnet "{{Tool.Program}}" "$@"; }
            source ./script
            complete -p fcn > /dev/null || exit 1
            COMP_LINE='{{line}}' COMP_POINT={{line.Length}} COMP_WORDS=({{line}})
            [[ $COMP_LINE == *' ' ]] && COMP_WORDS+=('')
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _fcn
            (( ${#COMPREPLY[@]} )) && printf '%s\n' "${COMPREPLY[@]}"
            true
            """);

        Assert.Equal(expected.Split('|', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal),
            offered.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public void Completion_ForOtherShells_AsksTheTool(string shell)
    {
        var (code, output, errors) = tool.Run("completion", shell);

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("[suggest:", output);
    }

    private string Bash(string script)
    {
        using var process = Process.Start(new ProcessStartInfo("bash", ["-c", script])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = tool.Folder,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        return output;
    }
}
