using System.Reflection;

namespace FcnSharp.Cli;

/// <summary>Which release this is.</summary>
internal static class ToolVersion
{
    public static string Text { get; } =
        typeof(ToolVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Its number alone.</summary>
    public static string Number { get; } = Text.Split('-')[0];
}
