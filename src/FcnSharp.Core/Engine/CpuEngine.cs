using System.Diagnostics;
using FcnSharp.Engine.Fused;
using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Support;

namespace FcnSharp.Engine;

/// <summary>
/// Runs a frozen network on the CPU with fused kernels in managed code: Winograd convolutions with bias, ReLU and pooling, the first layer
/// straight from bytes, upsampling phase by phase, and labels without full-size score maps.
/// </summary>
/// <remarks>
/// Immutable and thread-safe. Callers that come at once share the threads, so that they do not get in each other's way.
/// The same picture gives the same bits whatever the number of threads; working in tiles changes scores by rounding errors only. It holds
/// the weights once, packed, and keeps some scratch memory for the next picture: maps, and the filters of one layer at a time, transformed.
/// </remarks>
public sealed class CpuEngine : IFcnEngine
{
    /// <summary>Rows of labels that a thread takes at once, so that it computes most rows of scores once.</summary>
    private const int BandRows = 16;

    /// <summary>Floats: 256 MB.</summary>
    private const long MaxIdleScratch = 1L << 26;

    /// <summary>Floats that a thread needs beside the maps, about: a block of Winograd's tiles.</summary>
    private const long BlockScratch = 1L << 21;

    private readonly KernelSet kernels;
    private readonly FusedNetwork fused;
    private readonly TilePlan tilePlan;
    private readonly ScratchPool scratch = new(MaxIdleScratch);
    private readonly CoreGate cores;
    private readonly int threads;
    private readonly long maxWorkingMemory;

    /// <summary>Packs a network. Batch norm is folded on the way; the network itself is not kept.</summary>
    /// <param name="network">The network; its card says how pictures are normalised.</param>
    /// <param name="options">Threads and memory; null means the defaults.</param>
    /// <exception cref="ArgumentException">The network's card has no normalisation.</exception>
    public CpuEngine(FcnNetwork network, CpuEngineOptions? options = null)
        : this(network, options, KernelSet.Fastest)
    {
    }

    internal CpuEngine(FcnNetwork network, CpuEngineOptions? options, KernelSet kernels)
    {
        var normalization = EngineGuard.NormalizationOf(network);
        options ??= new CpuEngineOptions();
        (threads, maxWorkingMemory) = (options.Threads ?? PhysicalCores.Count, options.MaxWorkingMemory);
        (Options, Card) = (network.Options, network.Card);
        cores = new CoreGate(threads);
        this.kernels = kernels;

        // Beside the packing, so that the first picture does not wait for it.
        var compiling = Task.Run(kernels.Compile);

        var plain = network.FoldBatchNorm();
        var architecture = new FcnArchitecture(plain.Options);
        fused = new FusedNetwork(plain, architecture, normalization, kernels);
        tilePlan = new TilePlan(architecture, Options.Variant);
        compiling.GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public FcnOptions Options { get; }

    /// <inheritdoc/>
    public ModelCard Card { get; }

    /// <inheritdoc/>
    public string Description => Guard.Text($"fused managed engine, {threads} threads, {InstructionSet.NameOf(kernels)}");

    /// <summary>
    /// Told a layer's name in the state dict and how long a part of its work took; the parts of a picture add up. The last upsampler's time
    /// includes the labels. For measuring; null, the default, tells nobody.
    /// </summary>
    internal Action<string, TimeSpan>? LayerDone { get; init; }

    /// <inheritdoc/>
    public ScoreMap Score(RgbImage picture, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        EngineGuard.AnswerFits(picture.Width, picture.Height, Options.NumClasses);
        return Run(picture, (coarse, memory, workers) => ToScoreMap(coarse, picture, memory, workers), progress: null, cancellationToken);
    }

    /// <inheritdoc/>
    public Classification Classify(RgbImage picture, ClassificationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        EngineGuard.AnswerFits(request, Options.NumClasses);
        return Run(picture, (coarse, memory, workers) => ToClassification(coarse, picture, request, memory, workers),
            request.Progress, cancellationToken);
    }

    /// <summary>Gives back the scratch memory that was kept for the next picture; the weights go with the engine itself.</summary>
    public void Dispose() => scratch.Clear();

    private T Run<T>(
        RgbImage picture, Func<ChannelMap, ScratchMemory, Workers, T> finish, IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        var tiles = tilePlan.For(picture.Width, picture.Height, maxWorkingMemory);
        var share = cores.Take(cancellationToken);
        ScratchMemory? memory = null;
        try
        {
            memory = scratch.Take(ScratchFloats(picture, tiles, share));
            var workers = new Workers(share, cancellationToken, LayerDone);
            using var coarse = CoarseScores(picture, tiles, memory, workers, progress);
            return finish(coarse, memory, workers);
        }
        finally
        {
            if (memory is not null)
            {
                scratch.Return(memory);
            }

            cores.Release(share);
        }
    }

    /// <summary>What a picture takes at once, about: the maps of its largest tile, the scores of all of it, and blocks.</summary>
    private long ScratchFloats(RgbImage picture, IReadOnlyList<Tile> tiles, int share)
    {
        var (height, width) = CoarseSize(picture);
        var maps = tilePlan.WorkingBytes(tiles.Max(tile => tile.Window.Width), tiles.Max(tile => tile.Window.Height)) / sizeof(float);
        return maps + ((long)height * width * ChannelMap.StrideOf(Options.NumClasses)) + (share * BlockScratch);
    }

    private (int Height, int Width) CoarseSize(RgbImage picture) =>
        (tilePlan.CoarseSide(tilePlan.Padded(picture.Height)), tilePlan.CoarseSide(tilePlan.Padded(picture.Width)));

    /// <summary>The scores at stride 8, 16 or 32, tile by tile where the maps in between would take too much memory.</summary>
    private ChannelMap CoarseScores(
        RgbImage picture, IReadOnlyList<Tile> tiles, ScratchMemory memory, Workers workers, IProgress<double>? progress)
    {
        if (tiles is [var whole])
        {
            var scores = fused.CoarseScores(picture, whole.Window, memory, workers);
            progress?.Report(1);
            return scores;
        }

        var (height, width) = CoarseSize(picture);
        var coarse = fused.BlankCoarseScores(height, width, memory);
        for (var i = 0; i < tiles.Count; i++)
        {
            using var part = fused.CoarseScores(picture, tiles[i].Window, memory, workers);
            coarse.CopyFrom(part, tiles[i], (int)Options.Variant);
            progress?.Report((i + 1.0) / tiles.Count);
        }

        return coarse;
    }

    private unsafe ScoreMap ToScoreMap(ChannelMap coarse, RgbImage picture, ScratchMemory memory, Workers workers)
    {
        var (width, height, last) = (picture.Width, picture.Height, fused.LastUpsampler);
        var planes = new float[Options.NumClasses * width * height];
        var perThread = (long)last.RowLength(width);
        var rows = memory.Rent(perThread * workers.Threads);
        var overflows = false;
        workers.Run(last.Name, height, (thread, y) =>
        {
            var row = rows.Pointer + (thread * perThread);
            last.Row(coarse, y, width, row);
            for (var id = 0; id < Options.NumClasses; id++)
            {
                var plane = planes.AsSpan(((id * height) + y) * width, width);
                for (var x = 0; x < width; x++)
                {
                    plane[x] = row[((long)x * last.RowCellStride) + id];
                }

                if (NonFinite.IndexIn(plane) >= 0)
                {
                    Volatile.Write(ref overflows, true);
                }
            }
        });
        memory.Return(rows);
        var scores = new ScoreMap(planes, Options.NumClasses, height, width);
        if (overflows)
        {
            EngineGuard.RefuseOverflow(scores);
        }

        return scores;
    }

    private unsafe Classification ToClassification(
        ChannelMap coarse, RgbImage picture, ClassificationRequest request, ScratchMemory memory, Workers workers)
    {
        var answer = new AnswerBuffers(request, Options.NumClasses);
        var rows = new BilinearAxis(picture.Height, request.Height);
        var columns = new BilinearAxis(picture.Width, request.Width);
        var last = fused.LastUpsampler;
        var kept = ScoreRows.FloatsFor(last, picture.Width);
        var perThread = kept + last.RowLength(picture.Width);
        var room = memory.Rent(perThread * workers.Threads);
        var classifiers = new RowClassifier[workers.Threads];
        for (var thread = 0; thread < classifiers.Length; thread++)
        {
            var own = room.Pointer + (thread * perThread);
            var source = new ScoreRows(last, coarse, picture.Width, own);
            classifiers[thread] = new RowClassifier(
                source, rows, columns, Options.NumClasses, last.RowCellStride, picture.Width, own + kept, kernels);
        }

        workers.Run(last.Name, (request.Height + BandRows - 1) / BandRows, (thread, band) =>
        {
            for (var y = band * BandRows; y < Math.Min((band + 1) * BandRows, request.Height); y++)
            {
                classifiers[thread].Classify(y, answer);
            }
        });
        if (classifiers.Any(classifier => classifier.Overflows))
        {
            throw FirstOverflow(classifiers[0], request);
        }

        memory.Return(room);
        return answer.ToClassification();
    }

    private static ScoreOverflowException FirstOverflow(RowClassifier classifier, ClassificationRequest request)
    {
        for (var y = 0; y < request.Height; y++)
        {
            if (classifier.FindOverflow(y, request) is { } overflow)
            {
                return overflow;
            }
        }

        throw new UnreachableException("A score overflowed while labels were made, but none does when they are looked through.");
    }
}
