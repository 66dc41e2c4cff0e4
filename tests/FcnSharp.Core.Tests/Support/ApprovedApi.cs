using System.Reflection;
using PublicApiGenerator;

namespace FcnSharp.Tests.Support;

/// <summary>The public API as a reviewed text file: a change of the API is visible in the diff of PublicApi.txt.</summary>
internal static class ApprovedApi
{
    public static void AssertIsThatOf(Assembly assembly)
    {
        var options = new ApiGeneratorOptions
        {
            IncludeAssemblyAttributes = false,
            ExcludeAttributes = ["System.Runtime.CompilerServices.AsyncIteratorStateMachineAttribute"],
        };
        ApprovedText.AssertIs("PublicApi.txt", assembly.GeneratePublicApi(options));
    }
}
