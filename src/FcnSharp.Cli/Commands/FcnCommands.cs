using System.CommandLine;
using FcnSharp.Cli.Terminal;

namespace FcnSharp.Cli.Commands;

/// <summary>The commands of the tool.</summary>
internal static class FcnCommands
{
    /// <summary>The option for the display of progress, which all commands have.</summary>
    public static Option<ProgressKind> Progress { get; } = CommandActions.EnumOption<ProgressKind>(
        "--progress",
        "Progress on the error stream: auto (a bar on a terminal), plain, json (lines for a program) or none.",
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
