using FcnSharp.Networks;
using PublicApiGenerator;

namespace FcnSharp.Tests;

/// <summary>The public API is a reviewed text file: a change of it shows in the diff of PublicApi.txt.</summary>
public class PublicApiTests
{
    [Fact]
    public void PublicApi_OfTheAssembly_IsTheApprovedOne()
    {
        var options = new ApiGeneratorOptions { IncludeAssemblyAttributes = false };
        var actual = typeof(FcnNetwork).Assembly.GeneratePublicApi(options).ReplaceLineEndings("\n").TrimEnd() + "\n";
        var approved = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "PublicApi.txt")).ReplaceLineEndings("\n");

        if (actual != approved)
        {
            File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "PublicApi.received.txt"), actual);
        }

        Assert.True(
            actual == approved,
            "The public API changed. If that is meant, copy PublicApi.received.txt from the test's output folder over PublicApi.txt beside the test project.");
    }
}
