using FcnSharp.Engine;
using FcnSharp.Support;
using Spectre.Console;

namespace FcnSharp.Cli.Terminal;

/// <summary>The output and error streams: colours and boxes on a terminal, plain text if redirected or with NO_COLOR.</summary>
internal static class Consoles
{
    /// <summary>Wide enough that no path is wrapped.</summary>
    private const int PlainWidth = 1000;

    public static IAnsiConsole Out { get; } = Create(Console.Out, Console.IsOutputRedirected);

    public static IAnsiConsole Error { get; } = Create(Console.Error, Console.IsErrorRedirected);

    /// <summary>
    /// Whether an exception is the user's error, so that its message is sufficient: a file or an argument is wrong, not the program. An
    /// argument that this library refuses comes from the user; an argument that the runtime refuses is a bug.
    /// </summary>
    public static bool IsUsersFault(Exception exception) =>
        exception is UsageException or VideoException or IOException or UnauthorizedAccessException or ScoreOverflowException
        || (exception is ArgumentException { Source: { } source } && source.StartsWith(nameof(FcnSharp), StringComparison.Ordinal));

    /// <summary>The message of a file's error, with the name of the file.</summary>
    public static string Reason(string file, Exception exception)
    {
        var message = MessageOf(exception);
        return message.StartsWith(file, StringComparison.Ordinal) ? message : FileText.Message(file, message);
    }


    /// <summary>Writes one line to the error stream. Control characters from names and files are replaced.</summary>
    public static void WriteError(string message) => Write("error: ", Color.Red, message);

    /// <summary>Writes the message of an exception to the error stream.</summary>
    public static void WriteError(Exception exception) => WriteError(MessageOf(exception));

    /// <summary>Writes one line for a file that the options exclude.</summary>
    public static void WriteSkipped(string reason) => Write("skipped: ", Color.Yellow, reason);

    /// <summary>An empty table; without borders if the output is not a terminal.</summary>
    public static Table Table(params string[] headings)
    {
        var table = new Table { Border = Console.IsOutputRedirected ? TableBorder.None : TableBorder.Rounded };
        foreach (var heading in headings)
        {
            table.AddColumn(new TableColumn(new Text(heading)));
        }

        return table;
    }

    /// <summary>Adds a row of literal texts, without markup.</summary>
    public static void AddTexts(this Table table, params string[] texts) => table.AddRow(texts.Select(text => new Text(text)));

    /// <summary>The message of an exception, without the name of a parameter, which means nothing on the command line.</summary>
    private static string MessageOf(Exception exception) => exception is ArgumentException { ParamName: { } name }
        ? exception.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal)
        : exception.Message;

    private static void Write(string kind, Color color, string message)
    {
        // In a single write with its end of line, because a progress bar redraws itself after every write; on a terminal, over the whole
        // width, because nothing else erases the bar on that line.
        var text = new Paragraph(kind, new Style(color)).Append(FileText.Printable(message.ReplaceLineEndings(" ")));
        Error.Write(Console.IsErrorRedirected ? text.Append("\n") : Align.Left(text));
    }

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
