using System.Diagnostics;
using Spectre.Console;

namespace FcnSharp.Cli.Terminal;

/// <summary>Progress for a log file: a line every ten seconds.</summary>
internal sealed class PlainProgress
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly Stopwatch clock = Stopwatch.StartNew();

    public void Show(int done, int total, string line)
    {
        if (clock.Elapsed < Interval || done >= total)
        {
            return;
        }

        clock.Restart();
        Consoles.Error.WriteLine(line);
    }
}
