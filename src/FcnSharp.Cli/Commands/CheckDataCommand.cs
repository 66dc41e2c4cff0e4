using System.CommandLine;
using FcnSharp.Cli.Terminal;
using FcnSharp.Data;
using FcnSharp.Imaging;
using Spectre.Console;

namespace FcnSharp.Cli.Commands;

/// <summary>Checks a data set with <see cref="DatasetDoctor"/>.</summary>
internal static class CheckDataCommand
{
    public static Command Create()
    {
        var classes = new Option<int?>("--classes")
        {
            HelpName = "N",
            Description = "For --kind folder: the number of classes, background included. Default: those of classes.txt in the " +
            "folder, or 21.",
        };
        var json = CommandJson.Option();
        var command = new ToolCommand(
            "check-data",
            "Reads every picture and mask of a data set and lists errors that would harm training or evaluation.",
            "fcn check-data camvid",
            "fcn check-data my-data --kind folder --pictures photos --masks masks --classes 5") { classes, json };
        var dataset = new DatasetArguments(command);
        return command.Runs((parsed, cancellationToken) =>
        {
            var splits = dataset.Open(parsed, folder => ClassesOf(folder, parsed.GetValue(classes)), "train", "val");
            var report = ProgressBar.Run("checking", show =>
                DatasetDoctor.Check(splits, new Relay<DoctorProgress>(progress => show(progress.Done, progress.Total, "")),
                    cancellationToken));
            if (parsed.GetValue(json))
            {
                CommandJson.Print(DatasetJson.Of(report), CommandJsonContext.Default.DatasetJson);
            }
            else
            {
                Consoles.Out.Write(new Text(report.ToText()));
            }

            return report.IsSound ? ExitCode.Done : ExitCode.SomeFailed;
        });
    }

    private static ClassList ClassesOf(string folder, int? asked)
    {
        var list = Path.Combine(folder, ClassFile.UsualName);
        return asked is null && File.Exists(list) ? ClassFile.Read(list).Classes : ClassList.Numbered(asked ?? 21);
    }
}
