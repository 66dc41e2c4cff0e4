using System.CommandLine;

namespace FcnSharp.Cli.Commands;

/// <summary>All that the tool can be asked for.</summary>
internal static class FcnCommands
{
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
        };
        HelpWithExamples.Install(root);
        return root;
    }
}
