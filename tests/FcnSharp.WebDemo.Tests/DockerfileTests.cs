using WebDemo;

namespace FcnSharp.WebDemoTests;

/// <summary>These tests cannot build the image; they check its file for unsafe instructions.</summary>
public class DockerfileTests
{
    [Fact]
    public void Dockerfile_OfTheDemo_HasNoFaults() => Assert.Empty(DeploymentFiles.Image.Faults());

    [Fact]
    public void Dockerfile_OfTheDemo_StartsTheProgram() => Assert.Equal(
        $"""["/app/{typeof(ServiceOptions).Assembly.GetName().Name}"]""", Assert.Single(DeploymentFiles.Image.OfTheImage("ENTRYPOINT")));

    [Theory]
    [InlineData("10.0-noble-chiseled", "latest", "runtime-deps:latest: has no version.")]
    [InlineData("dotnet/sdk:10.0", "dotnet/sdk", "dotnet/sdk: has no version.")]
    [InlineData("-chiseled", "", "has a shell and a package manager.")]
    [InlineData("USER $APP_UID\n", "", "USER: is root.")]
    [InlineData("USER $APP_UID", "USER root", "USER: is root.")]
    [InlineData("USER $APP_UID", "RUN id", "RUN in the last stage")]
    [InlineData("""["/app/WebDemo"]""", "/app/WebDemo", "ENTRYPOINT: is not one program")]
    [InlineData("EXPOSE 8080", "EXPOSE 80", "EXPOSE: is not the port")]
    [InlineData("--from=build", "--from=other", "is not from an earlier stage.")]
    [InlineData("COPY --from=build /app .", "COPY bin .", "is not from an earlier stage.")]
    [InlineData("WORKDIR /source", "WORKDIR source", "WORKDIR source: is relative.")]
    [InlineData("ARG TARGETARCH", "ARG NUGET_API_KEY", "everybody who has the image can read it.")]
    public void Faults_OfAnUnsafeDockerfile_AreFound(string old, string @new, string fault)
    {
        var text = DeploymentFiles.Read("Dockerfile").ReplaceLineEndings("\n");
        Assert.Contains(old, text, StringComparison.Ordinal);

        var faults = new Dockerfile(text.Replace(old, @new, StringComparison.Ordinal)).Faults();

        Assert.Contains(faults, one => one.Contains(fault, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ADD https://example.com/tool /tool")]
    [InlineData("EXPOSED 8080")]
    [InlineData("FROM a b c")]
    public void Dockerfile_WithALineThatIsNotKnown_IsRefused(string line) =>
        Assert.Throws<FormatException>(() => new Dockerfile(line));

    [Theory]
    [InlineData(".git")]
    [InlineData("**/bin")]
    [InlineData("**/obj")]
    public void Context_OfTheImage_LeavesOut(string pattern) =>
        Assert.Contains(pattern, DeploymentFiles.Read(".dockerignore").ReplaceLineEndings("\n").Split('\n'));
}
