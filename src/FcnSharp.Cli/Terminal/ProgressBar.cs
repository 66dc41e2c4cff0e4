using Spectre.Console;

namespace FcnSharp.Cli.Terminal;

/// <summary>Shows the progress of a long command on the error stream.</summary>
internal static class ProgressBar
{
    /// <summary>The kind of display; set once, from the command line.</summary>
    public static ProgressKind Kind { get; set; }

    /// <summary>Runs <paramref name="work"/>, which reports the numbers of done and total steps and a note; the display adds speed and
    /// remaining time.</summary>
    public static T Run<T>(string what, Func<Action<int, int, string>, T> work)
    {
        var pace = new Pace();
        if (Kind == ProgressKind.None)
        {
            return work((_, _, _) => { });
        }

        if (Kind == ProgressKind.Json)
        {
            var json = new JsonProgress();
            return work((done, total, note) => json.Show(what, done, total, note));
        }

        if (Kind == ProgressKind.Plain || Console.IsErrorRedirected)
        {
            var plain = new PlainProgress();
            return work((done, total, note) => plain.Show(done, total, Text(done, total, note)));
        }

        return Consoles.Error.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn()).Start(context =>
        {
            var task = context.AddTask(what);
            return work((done, total, note) =>
            {
                task.MaxValue = total;
                task.Value = done;
                task.Description = Markup.Escape(Text(done, total, note));
            });
        });

        string Text(int done, int total, string note) =>
            string.Join(", ", new[] { $"{what} {done} of {total}", note, pace.Describe(done, total - done) }.Where(
                part => part.Length > 0));
    }
}
