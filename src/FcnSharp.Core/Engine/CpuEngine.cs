using System.Diagnostics;
using FcnSharp.Engine.Cpu;
using FcnSharp.Engine.Kernels;
using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Networks.Graphs;
using FcnSharp.Support;
using FcnSharp.Tensors;

namespace FcnSharp.Engine;

/// <summary>
/// Runs a frozen network on the CPU with fused kernels in managed code: Winograd convolutions with bias, ReLU and pooling, a first layer
/// that reads bytes, upsampling phase by phase, and labels without full-size score maps.
/// </summary>
/// <remarks>
/// Immutable and thread-safe. Concurrent callers, of the same or of different engines, share the cores instead of oversubscribing them.
/// The same picture gives bit-identical results for any number of threads; tiling changes scores only by rounding errors. The engine holds
/// the packed weights once and keeps scratch memory for the next picture: maps, and the transformed filters of one layer at a time.
/// </remarks>
public sealed class CpuEngine : IFcnEngine
{
    /// <summary>Rows of labels per work item, so that a thread computes most rows of scores only once.</summary>
    private const int BandRows = 16;

    /// <summary>In floats; 512 MiB. Memory that is freed after each picture is zeroed page by page for the next one.</summary>
    private const long MaxIdleScratch = 1L << 27;

    /// <summary>Approximate floats that a thread needs in addition to the maps: a block of Winograd tiles.</summary>
    private const long BlockScratch = 1L << 21;

    private readonly KernelSet kernels;
    private readonly EnginePlan plan;
    private readonly TilePlan tilePlan;
    private readonly ScratchPool scratch = new(MaxIdleScratch);
    private readonly long maxWorkingMemory;

    /// <summary>Packs a network and folds its batch normalisation; the engine keeps no reference to the network.</summary>
    /// <param name="network">The network; its card has the normalisation.</param>
    /// <param name="options">Threads and memory; null means the defaults.</param>
    /// <exception cref="ArgumentException">The network's card has no normalisation.</exception>
    public CpuEngine(FcnNetwork network, CpuEngineOptions? options = null)
        : this(network, options, KernelSet.Fastest)
    {
    }

    /// <summary>Packs a custom network and folds its batch normalisation; the engine keeps no reference to the tensors.</summary>
    /// <param name="graph">The operations from the picture to the scores of 2 to 255 classes.</param>
    /// <param name="tensors">Exactly the tensors that <see cref="NetworkGraph.Tensors"/> lists, in any order.</param>
    /// <param name="card">The card, which has the normalisation.</param>
    /// <param name="options">Threads and memory; null means the defaults.</param>
    /// <exception cref="ArgumentException">
    /// A tensor is missing, unexpected, duplicated or has the wrong shape; a value is infinite or NaN; the card has no normalisation, or
    /// names another number of classes; or the graph pads the picture, but also uses the unpadded picture or its size.
    /// </exception>
    public CpuEngine(NetworkGraph graph, IEnumerable<NamedTensor> tensors, ModelCard card, CpuEngineOptions? options = null)
        : this(graph, tensors, card, options, KernelSet.Fastest)
    {
    }

    internal CpuEngine(FcnNetwork network, CpuEngineOptions? options, KernelSet kernels)
        : this(Guard.NotNull(network).Graph, name => network[name], network.Card, options, kernels, ownsTensors: false)
    {
    }

    internal CpuEngine(
        NetworkGraph graph, IEnumerable<NamedTensor> tensors, ModelCard card, CpuEngineOptions? options, KernelSet kernels)
        : this(Guard.NotNull(graph), ByName(graph, tensors), card, options, kernels, ownsTensors: false)
    {
    }

    /// <summary>Packs a network whose tensors are read on request, one after the other; the engine may overwrite them.</summary>
    internal CpuEngine(NetworkGraph graph, Func<string, NamedTensor> tensors, ModelCard card, CpuEngineOptions? options)
        : this(graph, tensors, card, options, KernelSet.Fastest, ownsTensors: true)
    {
    }

    private CpuEngine(
        NetworkGraph graph, Func<string, NamedTensor> tensors, ModelCard card, CpuEngineOptions? options, KernelSet kernels,
        bool ownsTensors)
    {
        var normalization = EngineGuard.NormalizationOf(card);
        ModelCard.CheckClasses(card, graph.Output.Channels);
        options ??= new CpuEngineOptions();
        (Threads, maxWorkingMemory) = (options.Threads ?? PhysicalCores.Count, options.MaxWorkingMemory);
        NumClasses = Guard.InRange(
            graph.Output.Channels, 2, 255, "The number of score channels", "A label is a byte, and 255 marks ignored pixels.");
        Card = card;
        this.kernels = kernels;

        // Runs in parallel with the packing, so that the first picture does not wait for the JIT compiler. A browser has one thread, which
        // may not wait.
        var compiling = OperatingSystem.IsBrowser() ? Task.CompletedTask : Task.Run(kernels.Compile);

        var plain = BatchNormFolding.Fold(graph, tensors, inPlace: ownsTensors);
        plan = PlanCompiler.Compile(plain.Graph, plain.Tensors, normalization, kernels);
        tilePlan = new TilePlan(plan);
        compiling.GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public int NumClasses { get; }

    /// <inheritdoc/>
    public ModelCard Card { get; }

    /// <inheritdoc/>
    public string Description => Guard.Text(
        $"fused managed engine, {Threads} {(Threads == 1 ? "thread" : "threads")}, {InstructionSet.NameOf(kernels)}");

    /// <summary>Threads that work on one picture.</summary>
    internal int Threads { get; }

    /// <summary>The steps that compute a picture.</summary>
    internal EnginePlan Plan => plan;

    /// <summary>
    /// Receives a layer's name in the state dict and the duration of a part of its work; the parts of a picture add up. The time of the
    /// last upsampling layer includes the labels. For measurements; null, the default, for none.
    /// </summary>
    internal Action<string, TimeSpan>? LayerDone { get; init; }

    /// <inheritdoc/>
    public ScoreMap Score(RgbImage picture, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        EngineGuard.ThrowIfAnswerTooLarge(picture.Width, picture.Height, NumClasses);
        return Run(picture, (coarse, workers) => ToScoreMap(coarse, picture, workers), progress: null, cancellationToken);
    }

    /// <inheritdoc/>
    public Classification Classify(RgbImage picture, ClassificationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        EngineGuard.ThrowIfAnswerTooLarge(request, NumClasses);
        return Run(picture, (coarse, workers) => ToClassification(coarse, picture, request, workers),
            request.Progress, cancellationToken);
    }

    /// <summary>Describes what this engine computes for a picture, without computing it.</summary>
    /// <param name="width">Columns of the picture that the engine is given, in pixels; at least 1.</param>
    /// <param name="height">Rows of that picture, in pixels; at least 1.</param>
    /// <exception cref="ArgumentException">The network has no maps for a picture of this size.</exception>
    public CpuPlan PlanFor(int width, int height)
    {
        Guard.PictureSize(width, height);
        EngineGuard.ThrowIfAnswerTooLarge(width, height, channels: 1);
        return PlanDescription.Of(plan, width, height);
    }

    /// <summary>Frees the scratch memory that was kept for the next picture; the garbage collector frees the weights.</summary>
    public void Dispose() => scratch.Clear();

    private static Func<string, NamedTensor> ByName(NetworkGraph graph, IEnumerable<NamedTensor> tensors)
    {
        var byName = StateDict.Checked(graph, tensors, StateDict.Refusal);
        return name => byName[name];
    }

    private T Run<T>(
        RgbImage picture, Func<ChannelMap, Workers, T> finish, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var tiles = tilePlan.For(picture.Width, picture.Height, maxWorkingMemory);
        var share = CoreGate.OfProcess.Take(Threads, cancellationToken);
        ScratchMemory? memory = null;
        try
        {
            memory = scratch.Take(ScratchFloats(picture, tiles, share));
            var workers = new Workers(share, memory, cancellationToken, LayerDone);
            using var coarse = CoarseScores(picture, tiles, workers, progress);
            return finish(coarse, workers);
        }
        finally
        {
            if (memory is not null)
            {
                scratch.Return(memory);
            }

            CoreGate.OfProcess.Release(share);
        }
    }

    /// <summary>Approximate peak memory of a picture: the maps of its largest tile, the coarse scores of the picture, and blocks.</summary>
    private long ScratchFloats(RgbImage picture, IReadOnlyList<Tile> tiles, int share)
    {
        var maps = plan.WorkingBytes(tiles.Max(tile => tile.Window.Width), tiles.Max(tile => tile.Window.Height)) / sizeof(float);
        var coarse = tilePlan.CoarseSize(picture.Width, picture.Height);
        return maps + (coarse.Cells * ChannelMap.StrideOf(plan.Coarse.Node.Channels)) + (share * BlockScratch);
    }

    /// <summary>The input of the last operation, computed tile by tile if the maps before it would take too much memory.</summary>
    private ChannelMap CoarseScores(RgbImage picture, IReadOnlyList<Tile> tiles, Workers workers, IProgress<double>? progress)
    {
        if (tiles is [var whole])
        {
            var scores = plan.Run(picture, whole.Window, workers);
            progress?.Report(1);
            return scores;
        }

        var coarse = plan.BlankCoarse(tilePlan.CoarseSize(picture.Width, picture.Height), workers.Scratch);
        try
        {
            for (var i = 0; i < tiles.Count; i++)
            {
                using var part = plan.Run(picture, tiles[i].Window, workers);
                coarse.CopyFrom(part, tiles[i], tilePlan.CellPixels);
                progress?.Report((i + 1.0) / tiles.Count);
            }
        }
        catch
        {
            coarse.Dispose();
            throw;
        }

        return coarse;
    }

    private unsafe ScoreMap ToScoreMap(ChannelMap coarse, RgbImage picture, Workers workers)
    {
        var (width, height, last) = (picture.Width, picture.Height, plan.Last);
        var planes = new float[NumClasses * width * height];
        var write = last.Over(coarse, height, width);
        var overflows = false;
        workers.Run(last.Name, height, last.RowLength(coarse, width), (y, row) =>
        {
            write(y, row);
            for (var id = 0; id < NumClasses; id++)
            {
                var plane = planes.AsSpan(((id * height) + y) * width, width);
                for (var x = 0; x < width; x++)
                {
                    plane[x] = row[((long)x * last.CellStride) + id];
                }

                if (NonFinite.IndexIn(plane) >= 0)
                {
                    Volatile.Write(ref overflows, true);
                }
            }
        });
        var scores = new ScoreMap(planes, NumClasses, width, height);
        if (overflows)
        {
            EngineGuard.RefuseOverflow(scores);
        }

        return scores;
    }

    private unsafe Classification ToClassification(
        ChannelMap coarse, RgbImage picture, ClassificationRequest request, Workers workers)
    {
        var answer = new AnswerBuffers(request, NumClasses);
        var rows = new BilinearAxis(picture.Height, request.Height);
        var columns = new BilinearAxis(picture.Width, request.Width);
        var last = plan.Last;
        var rowLength = last.RowLength(coarse, picture.Width);
        var write = last.Over(coarse, picture.Height, picture.Width);
        var overflows = false;
        workers.Run(last.Name, (request.Height + BandRows - 1) / BandRows, (3L * rowLength) + last.CellStride, (band, room) =>
        {
            var classifier = ClassifierIn(room);
            for (var y = band * BandRows; y < Math.Min((band + 1) * BandRows, request.Height); y++)
            {
                classifier.Classify(y, answer);
            }

            if (classifier.Overflows)
            {
                Volatile.Write(ref overflows, true);
            }
        });
        return overflows ? throw FirstOverflow() : answer.ToClassification();

        RowClassifier ClassifierIn(float* room) => new(
            new ScoreRows(write, rowLength, room), rows, columns, NumClasses, last.CellStride, picture.Width, room + (2L * rowLength),
            kernels);

        ScoreOverflowException FirstOverflow()
        {
            ScoreOverflowException? first = null;
            workers.Run(last.Name, pieces: 1, (3L * rowLength) + last.CellStride, (_, room) =>
            {
                var classifier = ClassifierIn(room);
                for (var y = 0; first is null && y < request.Height; y++)
                {
                    first = classifier.FindOverflow(y, request);
                }
            });
            return first ?? throw new UnreachableException("A score overflowed in the first pass, but none does in the second.");
        }
    }
}
