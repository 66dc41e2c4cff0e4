using System.CommandLine;
using FcnSharp.Cli.Terminal;

namespace FcnSharp.Cli.Commands;

/// <summary>All that the tool can be asked for.</summary>
internal static class FcnCommands
{
    /// <summary>For every command.</summary>
    public static Option<ProgressKind> Progress { get; } = CommandActions.EnumOption<ProgressKind>(
        "--progress",
        "How far the command is, on the error stream: auto (a bar on a terminal), plain, json (a line for a program) or none.",
        isRecursive: true);

    public static RootCommand CreateRoot()
    {
        var root = new RootCommand("Semantic segmentation with fully convolutional networks.")
        {
            SegmentCommand.Create(),
            EvaluateCommand.Create(),
            CheckDataCommand.Create(),
            InspectCommand.Create(),
            ConvertCommand.Create(),
            ModelsCommand.Create(),
            PullCommand.Create(),
            InfoCommand.Create(),
            BenchCommand.Create(),
            CompletionCommand.Create(),
            Progress,
        };
        HelpWithExamples.Install(root);
        return root;
    }
}
