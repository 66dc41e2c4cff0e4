using Spectre.Console;

namespace FcnSharp.Cli.Terminal;

/// <summary>Shows how far a long command is, on the error stream of a terminal; nothing where that goes to a file.</summary>
internal static class ProgressBar
{
    /// <summary>Runs <paramref name="work"/>, which tells how many of how many steps are done, and what there is to say of them.</summary>
    public static T Run<T>(string what, Func<Action<int, int, string>, T> work)
    {
        if (Console.IsErrorRedirected)
        {
            return work((_, _, _) => { });
        }

        return Consoles.Error.Progress().AutoClear(true).Start(context =>
        {
            var task = context.AddTask(what);
            return work((done, total, note) =>
            {
                task.MaxValue = total;
                task.Value = done;
                task.Description = Markup.Escape($"{what} {done} of {total} {note}".TrimEnd());
            });
        });
    }
}
