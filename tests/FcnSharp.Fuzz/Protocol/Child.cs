using System.Globalization;
using FcnSharp.Fuzz.Readers;

namespace FcnSharp.Fuzz.Protocol;

/// <summary>
/// The side of the child process. It reads commands from its standard input, <c>seeds READER FIRST COUNT</c> or <c>file READER SEED
/// PATH</c>, and announces each input before it reads it, so that the parent can attribute a crash to it:
/// <c>begin SEED LENGTH</c>, <c>end VERDICT</c>, and <c>done</c> behind the last.
/// </summary>
internal static class Child
{
    public static void Serve(string folder)
    {
        var judge = new Judge(new Workplace(folder));
        using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        while (Console.In.ReadLine() is { } line)
        {
            foreach (var (reader, input) in InputsOf(line))
            {
                output.WriteLine(FormattableString.Invariant($"begin {input.Seed} {input.Bytes.Length} {input.Description}"));
                output.WriteLine($"end {judge.Read(reader, input).ToLine()}");
            }

            output.WriteLine("done");
        }

        // Also if Ctrl+C ended the parent, which then cannot clean up.
        Directory.Delete(folder, recursive: true);
    }

    private static IEnumerable<(Reader Reader, Input Input)> InputsOf(string command)
    {
        var parts = command.Split(' ', 4);
        var reader = Reader.Find(parts[1])!;
        var first = ulong.Parse(parts[2], CultureInfo.InvariantCulture);
        if (parts[0] == "file")
        {
            yield return (reader, new Input(File.ReadAllBytes(parts[3]), first, Path.GetFileName(parts[3])));
            yield break;
        }

        for (var seed = first; seed < first + ulong.Parse(parts[3], CultureInfo.InvariantCulture); seed++)
        {
            yield return (reader, Input.Make(reader, seed));
        }
    }
}
