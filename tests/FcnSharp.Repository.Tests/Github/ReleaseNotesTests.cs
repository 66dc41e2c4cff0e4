using System.Diagnostics;

namespace FcnSharp.RepositoryTests.Github;

/// <summary>eng/release-notes.sh takes a version's section out of a changelog.</summary>
public class ReleaseNotesTests
{
    private const string Changelog = """
        # Changes

        ## 1.10.0, not released yet

        - Tenth.

        ## 1.1.0, 2026-05-01

        ### Added
        - First.

        ### Fixed
        - Second.

        ## 1.0.0, 2026-01-01
        """;

    [Fact]
    public void Notes_OfAVersion_AreItsSectionAlone()
    {
        var (code, notes, _) = Run("1.1.0");

        Assert.Equal(0, code);
        Assert.Equal("### Added\n- First.\n\n### Fixed\n- Second.\n", notes);
    }

    [Fact]
    public void Notes_OfAPreRelease_AreThoseOfItsVersion() => Assert.Equal((0, "- Tenth.\n", ""), Run("1.10.0-rc.1"));

    [Theory]
    [InlineData("1.10.0", "is not released yet")]
    [InlineData("1.0.0", "is empty")]
    [InlineData("1.2.0", "has no section about 1.2.0")]
    [InlineData("1.1", "has no section about 1.1.")]
    public void Notes_ThatAreNotThere_AreRefused(string version, string reason)
    {
        var (code, notes, error) = Run(version);

        Assert.Equal((1, ""), (code, notes));
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    private static (int Code, string Notes, string Error) Run(string version)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The script runs on Linux; \"bash\" on Windows may be another system's.");
        var changelog = Path.GetTempFileName();
        try
        {
            File.WriteAllText(changelog, Changelog.ReplaceLineEndings("\n"));
            var start = new ProcessStartInfo("bash", [Repository.At("eng", "release-notes.sh"), version, changelog])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            var notes = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, notes, error.Result);
        }
        finally
        {
            File.Delete(changelog);
        }
    }
}
