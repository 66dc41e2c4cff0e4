using System.CommandLine;

namespace FcnSharp.Cli.Commands;

/// <summary>A command whose help has examples.</summary>
internal sealed class ToolCommand(string name, string description, params string[] examples) : Command(name, description)
{
    /// <summary>Whole command lines.</summary>
    public IReadOnlyList<string> Examples => examples;
}
