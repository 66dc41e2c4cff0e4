using System.Globalization;
using System.Text;
using FcnSharp.Support;

namespace FcnSharp.Data;

/// <summary>Formats a <see cref="DatasetReport"/> for a terminal.</summary>
internal static class DatasetReportText
{
    public static string Of(DatasetReport report, int filesPerFinding)
    {
        var text = new StringBuilder();
        Line(text, $"{report.Pictures} pictures, {Verdict(report.Findings.Count)}");
        foreach (var finding in report.Findings)
        {
            Line(text, $"");
            Line(text, $"{Title(finding.Fault)}: {finding.Files.Count}");
            foreach (var file in finding.Files.Take(filesPerFinding))
            {
                Line(text, $"  {FileText.Message(file.Path, file.Reason)}");
            }

            if (finding.Files.Count > filesPerFinding)
            {
                Line(text, $"  ... and {finding.Files.Count - filesPerFinding} more");
            }

            Line(text, $"  -> {finding.Remedy}");
        }

        AppendClasses(text, report);
        return text.ToString();
    }

    private static void AppendClasses(StringBuilder text, DatasetReport report)
    {
        var width = Math.Max(5, report.Classes.Max(item => item.Info.Name.Length));
        Line(text, $"");
        Line(text, $" id  {"class".PadRight(width)}          pixels     share  pictures  weight");
        foreach (var item in report.Classes)
        {
            Line(text, $"{item.Id,3}  {item.Info.Name.PadRight(width)}  {item.Pixels,14}  {100 * item.Share,6:F2} %  {item.Pictures,8} " +
                $" {item.Weight,6:F2}");
        }

        Line(text, $"");
        Line(text, $"ignored: id {report.IgnoreId}, {report.IgnoredPixels} pixels, {100 * report.IgnoredShare:F2} % of all");
        if (report.SuggestedIgnoreId is { } id && id != report.IgnoreId)
        {
            Line(text, $"the masks look as if the ignored id were {id}");
        }
    }

    private static string Verdict(int findings) => findings switch
    {
        0 => "nothing wrong",
        1 => "1 kind of fault",
        _ => string.Create(CultureInfo.InvariantCulture, $"{findings} kinds of fault"),
    };

    private static string Title(DatasetFault fault) => fault switch
    {
        DatasetFault.Layout => "layout",
        DatasetFault.MissingPicture => "pictures missing",
        DatasetFault.MissingMask => "masks missing",
        DatasetFault.UnreadableFile => "unreadable files",
        DatasetFault.SizeMismatch => "masks whose size differs from their picture",
        DatasetFault.UnknownId => "masks with an id that is not a class",
        DatasetFault.ColorMask => "masks saved as colours instead of ids",
        DatasetFault.BlackWhiteMask => "masks saved as black and white instead of ids",
        DatasetFault.UnknownColor => "masks with a colour that is not in the palette",
        DatasetFault.DuplicateAcrossSplits => "pictures in two splits",
        _ => fault.ToString(),
    };

    private static void Line(StringBuilder text, InvariantText line) => text.Append(line.ToStringAndClear()).Append('\n');
}
