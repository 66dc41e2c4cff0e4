using System.Globalization;
using FcnSharp.Fuzz.Readers;

namespace FcnSharp.Fuzz.Protocol;

/// <summary>Reads one input again, or minimises it.</summary>
internal sealed class Replay(Settings settings, Reader reader, ulong seed) : IDisposable
{
    private const int MaxTrials = 3000;

    private ChildProcess child = new();

    /// <summary>Reads the input of the seed, or a file, and prints the outcome.</summary>
    /// <returns>Whether the reader failed.</returns>
    public async Task<bool> RunAsync()
    {
        var bytes = settings.File is { } file ? await File.ReadAllBytesAsync(file) : Input.Make(reader, seed).Bytes;
        var path = settings.File ?? InputFiles.Write(settings, reader.Name, seed, bytes);
        var verdict = await ReadAsync(path);
        Console.WriteLine($"{path}: {verdict.Outcome}\n{verdict.Signature}\n{verdict.Detail}");
        if (settings.Minimizes && verdict.IsFailure)
        {
            await MinimizeAsync(bytes, verdict);
        }

        return verdict.IsFailure;
    }

    public void Dispose() => child.Dispose();

    /// <summary>Removes pieces, large ones first, while the failure stays the same.</summary>
    private async Task MinimizeAsync(byte[] bytes, Verdict wanted)
    {
        var trials = 0;
        for (var piece = Math.Max(1, bytes.Length / 2); piece > 0 && trials < MaxTrials; piece /= 2)
        {
            for (var at = 0; at < bytes.Length && trials < MaxTrials; trials++)
            {
                byte[] shorter = [.. bytes.AsSpan(0, at), .. bytes.AsSpan(Math.Min(bytes.Length, at + piece))];
                var verdict = await ReadAsync(InputFiles.Write(settings, reader.Name, seed, shorter, "-trial"));
                if (Cause(verdict) == Cause(wanted))
                {
                    bytes = shorter;
                }
                else
                {
                    at += piece;
                }
            }
        }

        var path = InputFiles.Write(settings, reader.Name, seed, bytes, "-small");
        Console.WriteLine(FormattableString.Invariant($"{path}: {bytes.Length} bytes after {trials} trials"));
    }

    /// <summary>The signature of an untyped exception; otherwise the outcome alone, since the signature names the input.</summary>
    private static string Cause(Verdict verdict) =>
        verdict.Outcome == Outcome.Untyped ? verdict.Signature : verdict.Outcome.ToString();

    private async Task<Verdict> ReadAsync(string path)
    {
        if (child.IsGone)
        {
            child.Dispose();
            child = new ChildProcess();
        }

        var only = default(Verdict);
        await foreach (var (_, verdict) in child.RunAsync(string.Create(CultureInfo.InvariantCulture, $"file {reader.Name} {seed} {path}")))
        {
            only = verdict;
        }

        return only ?? throw new InvalidOperationException($"The child process gave no verdict on {path}.");
    }
}
