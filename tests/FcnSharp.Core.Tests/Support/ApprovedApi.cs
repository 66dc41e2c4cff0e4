using System.Reflection;
using PublicApiGenerator;

namespace FcnSharp.Tests.Support;

/// <summary>The public API as a reviewed text file: a change of it shows in the diff of PublicApi.txt.</summary>
internal static class ApprovedApi
{
    public static void AssertIsThatOf(Assembly assembly)
    {
        var options = new ApiGeneratorOptions
        {
            IncludeAssemblyAttributes = false,
            ExcludeAttributes = ["System.Runtime.CompilerServices.AsyncIteratorStateMachineAttribute"],
        };
        var actual = assembly.GeneratePublicApi(options).ReplaceLineEndings("\n").TrimEnd() + "\n";
        var approved = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "PublicApi.txt")).ReplaceLineEndings("\n");

        if (actual != approved)
        {
            File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "PublicApi.received.txt"), actual);
        }

        Assert.True(
            actual == approved,
            "The public API changed. " +
            "If that is meant, copy PublicApi.received.txt from the test's output folder over PublicApi.txt beside the test project.");
    }
}
