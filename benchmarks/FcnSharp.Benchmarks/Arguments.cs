using System.Globalization;

namespace FcnSharp.Benchmarks;

/// <summary>The options of a command, <c>--name value</c> or <c>--name</c> for a switch, and its positional arguments.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);
    private readonly List<string> others = [];
    private readonly Command command;

    private Arguments(Command command) => this.command = command;

    /// <exception cref="UsageException">An option is unknown, is given twice, or has no value.</exception>
    public static Arguments Parse(IReadOnlyList<string> words, Command command)
    {
        var arguments = new Arguments(command);
        for (var i = 0; i < words.Count; i++)
        {
            if (command.TakesWords && !words[i].StartsWith('-'))
            {
                arguments.others.Add(words[i]);
                continue;
            }

            var name = words[i].StartsWith("--", StringComparison.Ordinal) ? words[i][2..] : "";
            var value = command.Switches.Contains(name) ? ""
                : !command.Options.Contains(name) ? throw arguments.Refuse($"\"{words[i]}\" is not an option")
                : ++i < words.Count ? words[i]
                : throw arguments.Refuse($"--{name} needs a value");
            if (!arguments.values.TryAdd(name, value))
            {
                throw arguments.Refuse($"--{name} is given twice");
            }
        }

        return arguments;
    }

    /// <summary>The positional arguments.</summary>
    public IReadOnlyList<string> Words => others;

    public bool Has(string name) => values.ContainsKey(name);

    public string? Find(string name) => values.GetValueOrDefault(name);

    /// <exception cref="UsageException">The option is missing.</exception>
    public string Require(string name) => Find(name) ?? throw Refuse($"--{name} is missing");

    /// <summary>A list of numbers, separated by commas; null if the option is missing.</summary>
    /// <exception cref="UsageException">The value is not such a list.</exception>
    public IReadOnlyList<double>? FindNumbers(string name) => Find(name)?.Split(',').Select(text => Number(name, text)).ToList();

    /// <summary>A size such as <c>480x360</c>; null if the option is missing.</summary>
    /// <exception cref="UsageException">The value is not such a size.</exception>
    public (int Width, int Height)? FindSize(string name)
    {
        if (Find(name) is not { } text)
        {
            return null;
        }

        return text.Split('x') is [var width, var height] && Whole(width) is { } columns && Whole(height) is { } rows
            ? (columns, rows)
            : throw Refuse($"--{name} takes a size such as 480x360, but got \"{text}\"");
    }

    /// <summary>A whole number from 1 up, or <paramref name="missing"/> if the option is missing.</summary>
    /// <exception cref="UsageException">The value is not such a number.</exception>
    public int Count(string name, int missing) =>
        Find(name) is not { } text ? missing : Whole(text) ?? throw Refuse($"--{name} takes a number from 1 up, but got \"{text}\"");

    public UsageException Refuse(string what) => new($"{what}. Usage: {command.Name} {command.Usage}");

    private static int? Whole(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    private double Number(string name, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Refuse($"--{name} takes numbers separated by commas, but got \"{text}\"");
}
