using FcnSharp.Engine.Fused;
using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Support;

namespace FcnSharp.Engine;

/// <summary>
/// Runs a frozen network on the CPU with fused kernels in managed code: Winograd convolutions with bias, ReLU and pooling, the first layer straight
/// from bytes, upsampling phase by phase, and labels without full-size score maps.
/// </summary>
/// <remarks>
/// Immutable and thread-safe. Callers that come at once take turns, each with all threads, so that they do not get in each other's way.
/// The same picture gives the same bits whatever the number of threads. It holds the transformed weights, about four times the size of the
/// 3x3 layers' own, and keeps scratch memory for the next picture.
/// </remarks>
public sealed class CpuEngine : IFcnEngine
{
    /// <summary>A Winograd tile starts one cell outside of a map and ends up to four behind it.</summary>
    private const int WinogradBorder = WinogradTransforms.Output;

    /// <summary>The two taps of a phase reach one cell beyond the map.</summary>
    private const int ScoreBorder = 1;

    /// <summary>Rows of labels that a thread takes at once, so that it computes most rows of scores once.</summary>
    private const int BandRows = 16;

    private const long MaxIdleScratch = 1L << 26;

    private readonly FirstLayer first;
    private readonly WinogradLayer[][] stages;
    private readonly DenseLayer fc6, fc7, fc8;
    private readonly DenseLayer? score4b, score3b;
    private readonly UpsamplingLayer[] upsamplers;
    private readonly UpsamplingSpec[] upsamplerSpecs;
    private readonly FcnArchitecture architecture;
    private readonly ScratchPool scratch = new(MaxIdleScratch);
    private readonly SemaphoreSlim turn = new(1);
    private readonly int threads;

    /// <summary>Transforms and packs a network. Batch norm is folded on the way; the network itself is not kept.</summary>
    /// <param name="network">The network; its card says how pictures are normalised.</param>
    /// <param name="threads">How many threads work on one picture; null, the default, means one for each processor.</param>
    /// <exception cref="ArgumentException">The network's card has no normalisation.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    public CpuEngine(FcnNetwork network, int? threads = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        var normalization = EngineGuard.NormalizationOf(network);
        this.threads = Guard.AtLeast(threads ?? Environment.ProcessorCount, 1, nameof(threads), "Leave it out for one thread per processor.");
        (Options, Card) = (network.Options, network.Card);

        var plain = network.FoldBatchNorm();
        architecture = new FcnArchitecture(plain.Options);
        var alignment = architecture.Alignment;

        first = new FirstLayer(plain, architecture.Stages[0][0], normalization);
        stages = [.. architecture.Stages.Select((stage, index) => stage.Skip(index == 0 ? 1 : 0).Select(spec => new WinogradLayer(plain, spec, pool: spec == stage[^1])).ToArray())];
        fc6 = new DenseLayer(plain, architecture.Fc6, rectify: true);
        fc7 = new DenseLayer(plain, architecture.Fc7, rectify: true);
        fc8 = new DenseLayer(plain, architecture.Fc8, rectify: false);
        score4b = Skip(architecture.Score4b, alignment.Pool4Offset, FcnArchitecture.AtOncePool4Scale);
        score3b = Skip(architecture.Score3b, alignment.Pool3Offset, FcnArchitecture.AtOncePool3Scale);
        upsamplerSpecs = [.. architecture.Upsamplers];
        upsamplers = [.. upsamplerSpecs.Select(spec => new UpsamplingLayer(plain, spec, spec == upsamplerSpecs[^1] ? alignment.ImageOffset : 0))];

        DenseLayer? Skip(ConvolutionSpec? spec, int offset, float scale) =>
            spec is null ? null : new DenseLayer(plain, spec, rectify: false, offset, Options.AtOnce ? scale : 1);
    }

    /// <inheritdoc/>
    public FcnOptions Options { get; }

    /// <inheritdoc/>
    public ModelCard Card { get; }

    /// <inheritdoc/>
    public string Description => Guard.Text($"fused managed engine, {threads} threads, {InstructionSet.Name}");

    /// <inheritdoc/>
    public ScoreMap Score(RgbImage picture, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return Run(picture, (coarse, workers) => ToScoreMap(coarse, picture, workers), cancellationToken);
    }

    /// <inheritdoc/>
    public Classification Classify(RgbImage picture, ClassificationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(request);
        return Run(picture, (coarse, workers) => ToClassification(coarse, picture, request, workers), cancellationToken);
    }

    /// <summary>Releases nothing that the garbage collector would not: the engine holds managed memory only.</summary>
    public void Dispose() => turn.Dispose();

    private T Run<T>(RgbImage picture, Func<ChannelMap, Workers, T> finish, CancellationToken cancellationToken)
    {
        turn.Wait(cancellationToken);
        try
        {
            var workers = new Workers(threads, cancellationToken);
            using var coarse = CoarseScores(picture, workers);
            return finish(coarse, workers);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Everything but the last upsampling: the scores at stride 8, 16 or 32.</summary>
    private ChannelMap CoarseScores(RgbImage picture, Workers workers)
    {
        using var conv1 = first.Run(picture, Padded(picture.Height), Padded(picture.Width), WinogradBorder, scratch, workers);
        using var pool1 = RunStage(stages[0], conv1, WinogradBorder, workers);     // stride 2
        using var pool2 = RunStage(stages[1], pool1, WinogradBorder, workers);     // stride 4
        using var pool3 = RunStage(stages[2], pool2, WinogradBorder, workers);     // stride 8
        using var pool4 = RunStage(stages[3], pool3, WinogradBorder, workers);     // stride 16
        using var pool5 = RunStage(stages[4], pool4, 0, workers);                  // stride 32

        using var features6 = fc6.Run(pool5, 0, scratch, workers);
        using var features7 = fc7.Run(features6, 0, scratch, workers);
        var coarse = fc8.Run(features7, ScoreBorder, scratch, workers);
        return Fuse(Fuse(coarse, 0, score4b, pool4, workers), 1, score3b, pool3, workers);
    }

    /// <summary>Adds the upsampled scores to those of a skip connection and gives the sum; gives the scores as they are where there is none.</summary>
    private ChannelMap Fuse(ChannelMap coarse, int upsampler, DenseLayer? skip, ChannelMap features, Workers workers)
    {
        if (skip is null)
        {
            return coarse;
        }

        using (coarse)
        {
            var spec = upsamplerSpecs[upsampler];
            var sum = skip.Run(features, spec.OutputSize(coarse.Height), spec.OutputSize(coarse.Width), ScoreBorder, scratch, workers);
            upsamplers[upsampler].AddTo(sum, coarse, scratch, workers);
            return sum;
        }
    }

    private ChannelMap RunStage(WinogradLayer[] stage, ChannelMap input, int outputBorder, Workers workers)
    {
        var map = stage[0].Run(input, stage.Length == 1 ? outputBorder : WinogradBorder, scratch, workers);
        for (var i = 1; i < stage.Length; i++)
        {
            using var previous = map;
            map = stage[i].Run(previous, i == stage.Length - 1 ? outputBorder : WinogradBorder, scratch, workers);
        }

        return map;
    }

    private unsafe ScoreMap ToScoreMap(ChannelMap coarse, RgbImage picture, Workers workers)
    {
        var (width, height, last) = (picture.Width, picture.Height, upsamplers[^1]);
        var planes = new float[checked(Options.NumClasses * width * height)];
        var perThread = (long)last.RowLength(width);
        var memory = scratch.Rent(perThread * workers.Threads);
        workers.Run(height, (thread, y) =>
        {
            var row = memory.Pointer + (thread * perThread);
            last.Row(coarse, y, width, row);
            for (var id = 0; id < Options.NumClasses; id++)
            {
                var plane = planes.AsSpan(((id * height) + y) * width, width);
                for (var x = 0; x < width; x++)
                {
                    plane[x] = row[((long)x * last.RowCellStride) + id];
                }
            }
        });
        scratch.Return(memory);
        return new ScoreMap(planes, Options.NumClasses, height, width);
    }

    private unsafe Classification ToClassification(ChannelMap coarse, RgbImage picture, ClassificationRequest request, Workers workers)
    {
        var answer = new AnswerBuffers(request, Options.NumClasses);
        var rows = new BilinearAxis(picture.Height, request.Height);
        var columns = new BilinearAxis(picture.Width, request.Width);
        var last = upsamplers[^1];
        var kept = ScoreRows.FloatsFor(last, picture.Width);
        var perThread = kept + last.RowLength(picture.Width);
        var memory = scratch.Rent(perThread * workers.Threads);
        var classifiers = new RowClassifier[workers.Threads];
        for (var thread = 0; thread < classifiers.Length; thread++)
        {
            var room = memory.Pointer + (thread * perThread);
            var source = new ScoreRows(last, coarse, picture.Width, room);
            classifiers[thread] = new RowClassifier(source, rows, columns, Options.NumClasses, last.RowCellStride, picture.Width, room + kept);
        }

        workers.Run((request.Height + BandRows - 1) / BandRows, (thread, band) =>
        {
            for (var y = band * BandRows; y < Math.Min((band + 1) * BandRows, request.Height); y++)
            {
                classifiers[thread].Classify(y, answer);
            }
        });
        scratch.Return(memory);
        return answer.ToClassification();
    }

    private int Padded(int size) => (size + architecture.Alignment.SizeMultiple - 1) / architecture.Alignment.SizeMultiple * architecture.Alignment.SizeMultiple;
}
