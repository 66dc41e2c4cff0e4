using FcnSharp.Engine;
using FcnSharp.Support;
using Spectre.Console;

namespace FcnSharp.Cli.Terminal;

/// <summary>The two streams that a program writes to: colours and boxes on a terminal, plain text when redirected or with
/// NO_COLOR.</summary>
internal static class Consoles
{
    /// <summary>Wide enough that no path is broken into two lines.</summary>
    private const int PlainWidth = 1000;

    public static IAnsiConsole Out { get; } = Create(Console.Out, Console.IsOutputRedirected);

    public static IAnsiConsole Error { get; } = Create(Console.Error, Console.IsErrorRedirected);

    /// <summary>
    /// Whether a message says all there is to say: a file or an argument is at fault, not the program. An argument that this library
    /// refuses comes from the user; one that the runtime refuses inside of it is a fault of the program.
    /// </summary>
    public static bool IsUsersFault(Exception exception) =>
        exception is UsageException or IOException or UnauthorizedAccessException or ScoreOverflowException
        || (exception is ArgumentException { Source: { } source } && source.StartsWith(nameof(FcnSharp), StringComparison.Ordinal));

    /// <summary>What went wrong with a file, with its name.</summary>
    public static string Reason(string file, Exception exception) =>
        exception.Message.StartsWith(file, StringComparison.Ordinal) ? exception.Message : FileText.Message(file, exception.Message);

    /// <summary>Writes one line to the error stream. What a name or a file holds cannot move the cursor.</summary>
    public static void WriteError(string message)
    {
        // In one piece with its end of line, because a progress bar draws itself anew after every piece; on a terminal, over the whole
        // width, because nothing else removes what the bar had there.
        var text = new Paragraph("error: ", new Style(Color.Red)).Append(FileText.Printable(message.ReplaceLineEndings(" ")));
        Error.Write(Console.IsErrorRedirected ? text.Append("\n") : Align.Left(text));
    }

    /// <summary>An empty table; without lines where the output is not a terminal.</summary>
    public static Table Table(params string[] headings)
    {
        var table = new Table { Border = Console.IsOutputRedirected ? TableBorder.None : TableBorder.Rounded };
        foreach (var heading in headings)
        {
            table.AddColumn(new TableColumn(new Text(heading)));
        }

        return table;
    }

    /// <summary>Adds a row of texts that are taken literally.</summary>
    public static void AddTexts(this Table table, params string[] texts) => table.AddRow(texts.Select(text => new Text(text)));

    private static IAnsiConsole Create(TextWriter writer, bool isRedirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isRedirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
        if (isRedirected)
        {
            console.Profile.Width = PlainWidth;
        }

        return console;
    }
}
