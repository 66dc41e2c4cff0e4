using System.Diagnostics;

namespace FcnSharp.Engine.Cpu;

/// <summary>Spreads independent pieces of work over threads, each with scratch memory of its own.</summary>
/// <param name="threads">How many.</param>
/// <param name="scratch">Where memory comes from.</param>
/// <param name="cancellationToken">Ends the work between two pieces.</param>
/// <param name="layerDone">Told the name of a layer and how long it took, each time that its pieces are done; null tells nobody.</param>
internal sealed class Workers(
    int threads, ScratchMemory scratch, CancellationToken cancellationToken, Action<string, TimeSpan>? layerDone = null)
{
    public int Threads => threads;

    public ScratchMemory Scratch => scratch;

    /// <summary>Calls <paramref name="work"/> for every piece of a layer; which thread takes which is left to chance.</summary>
    /// <param name="layer">The layer's name.</param>
    /// <param name="pieces">How many pieces there are.</param>
    /// <param name="room">Floats of scratch memory for each thread.</param>
    /// <param name="work">Does a piece.</param>
    public unsafe void Run(string layer, int pieces, long room, PieceOfWork work)
    {
        var start = Stopwatch.GetTimestamp();
        var memory = scratch.Rent(room * threads);
        try
        {
            var next = -1;
            var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
            Parallel.For(0, Math.Min(threads, pieces), options, thread =>
            {
                while (Interlocked.Increment(ref next) is var piece && piece < pieces)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    work(piece, memory.Pointer + (thread * room));
                }
            });
        }
        finally
        {
            scratch.Return(memory);
        }

        layerDone?.Invoke(layer, Stopwatch.GetElapsedTime(start));
    }
}

/// <summary>Does one piece of a layer's work.</summary>
/// <param name="piece">Which one.</param>
/// <param name="room">The thread's scratch memory.</param>
internal unsafe delegate void PieceOfWork(int piece, float* room);
