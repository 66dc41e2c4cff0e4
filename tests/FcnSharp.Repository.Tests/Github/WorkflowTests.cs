using YamlDotNet.Core;

namespace FcnSharp.RepositoryTests.Github;

/// <summary>Workflows have minimal permissions, use pinned actions, and have time limits.</summary>
public class WorkflowTests
{
    public static TheoryData<string> Workflows => [.. GithubYaml.FilesOf("workflows")];

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Workflow_OfTheRepository_HasNoFaults(string file) => Assert.Empty(Workflow.FaultsOf(GithubYaml.Read("workflows", file)));

    [Theory]
    [InlineData("permissions: {}", "permissions: { contents: write }", "permissions: are not {}")]
    [InlineData("concurrency:\n  group: release\n  cancel-in-progress: false\n", "", "concurrency: is missing")]
    [InlineData("    timeout-minutes: 90\n", "", "pack: timeout-minutes: is 0")]
    [InlineData("    permissions:\n      contents: read\n", "", "pack: permissions: are missing.")]
    [InlineData("      contents: read", "      contents: write", "pack: permissions: contents may be written")]
    [InlineData("persist-credentials: false", "persist-credentials: true", "pack: checkout: leaves its token")]
    [InlineData("@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2", "@v4", "actions/checkout@v4: is not pinned")]
    [InlineData("683 # v4.2.2", "683", "is not pinned to a commit, with its version behind.")]
    [InlineData("run: dotnet test -c Release", "run: echo ${{ github.head_ref }}", "pastes an expression into a script")]
    public void Faults_OfAnUnsafeWorkflow_AreFound(string old, string @new, string fault)
    {
        var text = GithubYaml.Read("workflows", "release.yml");
        Assert.Contains(old, text, StringComparison.Ordinal);

        var faults = Workflow.FaultsOf(text.Replace(old, @new, StringComparison.Ordinal));

        Assert.Contains(faults, one => one.Contains(fault, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("timeout-minutes", "timeout-minute")]
    [InlineData("runs-on", "run-on")]
    [InlineData("    needs: pack\n", "    needs: pack\n    needs: pack\n")]
    public void Parse_OfAKeyThatNoWorkflowHas_IsRefused(string old, string @new)
    {
        var text = GithubYaml.Read("workflows", "release.yml");
        Assert.Contains(old, text, StringComparison.Ordinal);

        Assert.ThrowsAny<YamlException>(() =>
            GithubYaml.Parse<Workflow>(text.Replace(old, @new, StringComparison.Ordinal)));
    }

    [Fact]
    public void Ci_RunsOnEverySystemThatIsSupported()
    {
        var jobs = GithubYaml.Parse<Workflow>(GithubYaml.Read("workflows", "ci.yml")).Jobs;
        var matrix = Assert.IsType<Dictionary<object, object>>(jobs["core"].Strategy!["matrix"]);

        Assert.Equal("ubuntu-latest", jobs["linux"].RunsOn);
        Assert.Equal(["windows-latest", "macos-latest", "ubuntu-24.04-arm"], Assert.IsType<List<object>>(matrix["os"]));
    }

    [Fact]
    public void Release_PushesWithoutAKeyThatIsKept()
    {
        var text = GithubYaml.Read("workflows", "release.yml");
        var gallery = GithubYaml.Parse<Workflow>(text).Jobs["gallery"];

        Assert.Equal(new Dictionary<string, string> { ["id-token"] = "write" }, gallery.Permissions);
        Assert.Contains(gallery.Steps, step => step.Uses?.StartsWith("NuGet/login@", StringComparison.Ordinal) == true);
        Assert.DoesNotContain("secrets.", text, StringComparison.Ordinal);
    }
}
