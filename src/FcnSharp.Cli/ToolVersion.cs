using System.Reflection;

namespace FcnSharp.Cli;

/// <summary>The version of the tool.</summary>
internal static class ToolVersion
{
    public static string Text { get; } =
        typeof(ToolVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>The version number without a suffix.</summary>
    public static string Number { get; } = Text.Split('-')[0];
}
