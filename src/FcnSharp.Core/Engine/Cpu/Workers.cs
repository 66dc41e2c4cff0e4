using System.Diagnostics;

namespace FcnSharp.Engine.Cpu;

/// <summary>Distributes independent work items over threads, each with its own scratch memory.</summary>
/// <param name="threads">Number of threads.</param>
/// <param name="scratch">The memory that the threads' scratch memory is rented from.</param>
/// <param name="cancellationToken">Cancels the computation between two work items.</param>
/// <param name="layerDone">Receives the name of a layer and its duration when all its work items are done; null for none.</param>
internal sealed class Workers(
    int threads, ScratchMemory scratch, CancellationToken cancellationToken, Action<string, TimeSpan>? layerDone = null)
{
    public int Threads => threads;

    public ScratchMemory Scratch => scratch;

    /// <summary>Elements of a work item: at most so many, and as few as give every thread the same number of work items.</summary>
    public int ShareOf(int elements, int most)
    {
        var rounds = CeilingDivide(elements, most * threads);
        return CeilingDivide(elements, rounds * threads);

        static int CeilingDivide(int value, int divisor) => (value + divisor - 1) / divisor;
    }

    /// <summary>Calls <paramref name="work"/> for every work item of a layer, dynamically distributed over the threads.</summary>
    /// <param name="layer">The layer's name.</param>
    /// <param name="pieces">Number of work items.</param>
    /// <param name="room">Floats of scratch memory for each thread.</param>
    /// <param name="work">Processes one work item.</param>
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

/// <summary>Processes one work item of a layer.</summary>
/// <param name="piece">Index of the work item.</param>
/// <param name="room">The thread's scratch memory.</param>
internal unsafe delegate void PieceOfWork(int piece, float* room);
