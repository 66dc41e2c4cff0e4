using System.Globalization;
using System.Text.RegularExpressions;

namespace FcnSharp.WebDemoTests;

/// <summary>A Dockerfile as stages of instructions.</summary>
internal sealed partial class Dockerfile
{
    private static readonly string[] Known = ["FROM", "ARG", "WORKDIR", "COPY", "RUN", "USER", "ENV", "EXPOSE", "ENTRYPOINT"];

    private readonly List<Stage> stages = [];

    /// <exception cref="FormatException">A line is not an instruction that these tests know.</exception>
    public Dockerfile(string text)
    {
        foreach (var line in text.ReplaceLineEndings("\n").Replace("\\\n", " ", StringComparison.Ordinal).Split('\n'))
        {
            if (line.Length > 0 && line[0] != '#')
            {
                Add(line);
            }
        }
    }

    /// <summary>The instructions of one kind in the last stage, which makes the image.</summary>
    public IEnumerable<string> OfTheImage(string instruction) => stages[^1].Of(instruction);

    /// <summary>The port of EXPOSE.</summary>
    public int Port => int.Parse(OfTheImage("EXPOSE").Single(), CultureInfo.InvariantCulture);

    /// <summary>The value of an environment variable of the image; null if it is not set.</summary>
    public string? Variable(string name) => OfTheImage("ENV").SelectMany(line => line.Split(' '))
        .Select(pair => pair.Split('=')).SingleOrDefault(pair => pair[0] == name)?[1];

    /// <summary>Unsafe or inconsistent instructions.</summary>
    public IEnumerable<string> Faults()
    {
        foreach (var stage in stages.Where(stage => !Tagged().IsMatch(stage.Image)))
        {
            yield return $"{stage.Image}: has no version.";
        }

        foreach (var folder in stages.SelectMany(stage => stage.Of("WORKDIR")).Where(folder => folder[0] != '/'))
        {
            yield return $"WORKDIR {folder}: is relative.";
        }

        foreach (var line in stages.SelectMany(stage => stage.Of("ENV").Concat(stage.Of("ARG"))).Where(line => Secret().IsMatch(line)))
        {
            yield return $"{line}: everybody who has the image can read it.";
        }

        foreach (var source in OfTheImage("COPY").Where(line => !stages.SkipLast(1).Any(stage => line.StartsWith(
            $"--from={stage.Name} ", StringComparison.Ordinal))))
        {
            yield return $"COPY {source}: is not from an earlier stage.";
        }

        if (!stages[^1].Image.EndsWith("-chiseled", StringComparison.Ordinal))
        {
            yield return $"{stages[^1].Image}: has a shell and a package manager.";
        }

        if (OfTheImage("RUN").Any())
        {
            yield return "RUN in the last stage: there is no shell to run it.";
        }

        if (OfTheImage("USER").LastOrDefault() is null or "root" or "0")
        {
            yield return "USER: is root.";
        }

        if (!ProgramAlone().IsMatch(OfTheImage("ENTRYPOINT").SingleOrDefault() ?? ""))
        {
            yield return "ENTRYPOINT: is not one program as a JSON list, so signals would not reach it.";
        }

        if (Variable("ASPNETCORE_HTTP_PORTS") != OfTheImage("EXPOSE").SingleOrDefault())
        {
            yield return "EXPOSE: is not the port that the program listens on.";
        }
    }

    private void Add(string line)
    {
        var (instruction, value) = line.Split(' ', 2) is [var name, var rest] && Known.Contains(name)
            ? (name, rest.Trim())
            : throw new FormatException($"\"{line}\" is no instruction that these tests know.");
        if (instruction == "FROM")
        {
            var from = From().Match(value) is { Success: true } match ? match : throw new FormatException($"\"{line}\" names no image.");
            stages.Add(new Stage(from.Groups["image"].Value, from.Groups["name"].Value));
        }
        else
        {
            stages[^1].Instructions.Add((instruction, value));
        }
    }

    [GeneratedRegex(@"^(--platform=\S+ )?(?<image>\S+)( AS (?<name>\w+))?$", RegexOptions.ExplicitCapture)]
    private static partial Regex From();

    [GeneratedRegex(@"^[\w./-]+:\d+\.\d+[\w.-]*$")]
    private static partial Regex Tagged();

    [GeneratedRegex("PASSWORD|SECRET|TOKEN|_KEY", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();

    [GeneratedRegex("""^\["/[^"]+"\]$""")]
    private static partial Regex ProgramAlone();

    /// <param name="Image">What it begins with.</param>
    /// <param name="Name">What later stages call it; empty for none.</param>
    private sealed record Stage(string Image, string Name)
    {
        public List<(string Name, string Value)> Instructions { get; } = [];

        public IEnumerable<string> Of(string instruction) =>
            Instructions.Where(one => one.Name == instruction).Select(one => one.Value);
    }
}
