using System.Diagnostics;
using FcnSharp.Fuzz.Readers;

namespace FcnSharp.Fuzz.Protocol;

/// <summary>Feeds every reader its inputs, through child processes, a block at a time, the reader with the fewest first.</summary>
internal sealed class Campaign(Settings settings, CampaignState state)
{
    private static readonly TimeSpan SaveInterval = TimeSpan.FromSeconds(10);

    private readonly Lock access = new();
    private readonly Dictionary<string, int> nextBlocks = new(StringComparer.Ordinal);
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private TimeSpan saved;

    public async Task RunAsync()
    {
        await Task.WhenAll(Enumerable.Range(0, settings.Children).Select(_ => Task.Run(WorkAsync)));
        Save();
    }

    /// <summary>Gives work to one child after another until no input is left.</summary>
    private async Task WorkAsync()
    {
        var child = new ChildProcess();
        try
        {
            while (NextBlock() is var (reader, block))
            {
                var counts = new Dictionary<Outcome, long>();
                var (seed, end) = ((ulong)block * CampaignState.BlockSize, ((ulong)block + 1) * CampaignState.BlockSize);
                while (seed < end)
                {
                    await foreach (var (done, verdict) in child.RunAsync($"seeds {reader} {seed} {end - seed}"))
                    {
                        seed = done + 1;
                        counts[verdict.Outcome] = counts.GetValueOrDefault(verdict.Outcome) + 1;
                        if (verdict.IsFailure)
                        {
                            Report(reader, done, verdict);
                        }
                    }

                    if (child.IsGone)
                    {
                        child.Dispose();
                        child = new ChildProcess();
                    }
                }

                Finish(reader, block, counts);
            }
        }
        finally
        {
            child.Dispose();
        }
    }

    private (string Reader, int Block)? NextBlock()
    {
        lock (access)
        {
            if (clock.Elapsed > settings.Time)
            {
                return null;
            }

            var reader = settings.Readers.MinBy(BlocksBegun)!;
            var block = nextBlocks.GetValueOrDefault(reader.Name);
            while (state.Of(reader.Name).Blocks.Contains(block))
            {
                block++;
            }

            if ((long)block * CampaignState.BlockSize >= settings.Inputs)
            {
                return null;
            }

            nextBlocks[reader.Name] = block + 1;
            return (reader.Name, block);
        }

        int BlocksBegun(Reader reader) => Math.Max(nextBlocks.GetValueOrDefault(reader.Name), state.Of(reader.Name).Blocks.Count);
    }

    private void Finish(string reader, int block, Dictionary<Outcome, long> counts)
    {
        lock (access)
        {
            var tally = state.Of(reader);
            tally.Blocks.Add(block);
            foreach (var (outcome, count) in counts)
            {
                tally.Add(outcome, count);
            }

            if (clock.Elapsed - saved > SaveInterval)
            {
                saved = clock.Elapsed;
                Save();
                var inputs = state.Readers.Values.Sum(each => each.Total);
                Console.WriteLine(FormattableString.Invariant(
                    $"{clock.Elapsed:hh\\:mm\\:ss}  {inputs:N0} inputs, {state.Failures.Count} kinds of failure"));
            }
        }
    }

    private void Report(string reader, ulong seed, Verdict verdict)
    {
        lock (access)
        {
            if (state.Add(reader, seed, verdict))
            {
                var path = InputFiles.Write(settings, reader, seed, Input.Make(Reader.Find(reader)!, seed).Bytes);
                Console.WriteLine(FormattableString.Invariant($"\nFAILED --reader {reader} --seed {seed}\n{verdict.Signature}"));
                Console.WriteLine($"{verdict.Detail}\n{path}\n");
            }
        }
    }

    private void Save()
    {
        if (settings.State is { } path)
        {
            state.Save(path);
        }
    }
}
