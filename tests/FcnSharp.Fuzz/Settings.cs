using System.Collections.Immutable;
using System.Globalization;
using FcnSharp.Fuzz.Readers;

namespace FcnSharp.Fuzz;

/// <summary>The options of the command line.</summary>
internal sealed record Settings
{
    public const string Usage = """
        usage: FcnSharp.Fuzz [--inputs N] [--minutes M] [--readers a,b] [--state FILE] [--children N] [--table FILE] [--folder FOLDER]
               FcnSharp.Fuzz --reader NAME --seed N [--file FILE] [--minimize] [--folder FOLDER]
        See docs/reference/robustness.md.
        """;

    /// <summary>Inputs for each reader.</summary>
    public long Inputs { get; init; } = 75_000;

    public TimeSpan Time { get; init; } = TimeSpan.MaxValue;

    public ImmutableArray<Reader> Readers { get; init; } = Reader.All;

    /// <summary>The file of the campaign's state, from which it continues.</summary>
    public string? State { get; init; }

    /// <summary>Processes that read inputs at the same time.</summary>
    public int Children { get; init; } = 2;

    /// <summary>The file for the table of the counts, in Markdown.</summary>
    public string? Table { get; init; }

    /// <summary>The folder for inputs that failed.</summary>
    public string Folder { get; init; } = Path.Combine("artifacts", "fuzz");

    /// <summary>The seed of a single input to read again; null for a campaign.</summary>
    public ulong? Seed { get; init; }

    /// <summary>A file to read instead of the input of the seed.</summary>
    public string? File { get; init; }

    public bool Minimizes { get; init; }

    /// <summary>Parses the arguments; null if they are invalid.</summary>
    public static Settings? Parse(string[] arguments)
    {
        var settings = new Settings();
        for (var at = 0; at < arguments.Length; at++)
        {
            if (arguments[at] == "--minimize")
            {
                settings = settings with { Minimizes = true };
                continue;
            }

            if (at + 1 == arguments.Length || settings.With(arguments[at], arguments[++at]) is not { } more)
            {
                return null;
            }

            settings = more;
        }

        return settings.Seed is not null && settings.Readers.Length != 1 ? null : settings;
    }

    private Settings? With(string option, string value) => (option, Number(value)) switch
    {
        ("--inputs", { } count) => this with { Inputs = count },
        ("--minutes", { } minutes) => this with { Time = TimeSpan.FromMinutes(minutes), Inputs = long.MaxValue },
        ("--children", > 0 and <= 64 and { } count) => this with { Children = (int)count },
        ("--seed", { } seed) => this with { Seed = (ulong)seed },
        ("--reader" or "--readers", _) => ReadersOf(value) is { } readers ? this with { Readers = readers } : null,
        ("--state", _) => this with { State = value },
        ("--table", _) => this with { Table = value },
        ("--folder", _) => this with { Folder = value },
        ("--file", _) => this with { File = value },
        _ => null,
    };

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static ImmutableArray<Reader>? ReadersOf(string names)
    {
        var readers = names.Split(',').Select(Reader.Find).ToList();
        return readers.Contains(null) ? null : [.. readers.OfType<Reader>()];
    }
}
