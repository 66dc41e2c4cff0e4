using FcnSharp.Engine.Plain;
using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Support;

namespace FcnSharp.Engine;

/// <summary>
/// Runs a network the plain way: every layer is a matrix product of gathered cells and packed weights, on all cores. It is the reference
/// that the faster <see cref="CpuEngine"/> is held to. The same picture gives the same bits whatever the number of threads.
/// </summary>
/// <remarks>Immutable and thread-safe. It holds a packed copy of the weights and borrows its scratch memory from the shared array
/// pool.</remarks>
public sealed class PlainEngine : IFcnEngine
{
    private readonly Layer[][] stages;
    private readonly Layer fc6, fc7, fc8;
    private readonly Layer? score4b, score3b;
    private readonly Layer upscore;
    private readonly Layer? upscore4b, upscore3b;
    private readonly PictureInput pictureInput;
    private readonly int threads;

    /// <summary>Packs a network. Batch norm is folded on the way; the network itself is not kept.</summary>
    /// <param name="network">The network; its card says how pictures are normalised.</param>
    /// <param name="threads">How many threads work on one picture; null, the default, means one for each physical core.</param>
    /// <exception cref="ArgumentException">The network's card has no normalisation.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    public PlainEngine(FcnNetwork network, int? threads = null)
    {
        var normalization = EngineGuard.NormalizationOf(network);
        this.threads = Guard.AtLeast(threads ?? PhysicalCores.Count, 1, nameof(threads), "Leave it out for one thread per core.");
        (Options, Card) = (network.Options, network.Card);

        var plain = network.FoldBatchNorm();
        var architecture = new FcnArchitecture(plain.Options);
        var alignment = architecture.Alignment;
        pictureInput = new PictureInput(normalization, alignment.SizeMultiple);

        stages = [.. architecture.Stages.Select(stage => stage.Select(Rectified).ToArray())];
        fc6 = Rectified(architecture.Fc6);
        fc7 = Rectified(architecture.Fc7);
        fc8 = Layer.Convolution(plain, architecture.Fc8, rectify: false);
        score4b = Skip(architecture.Score4b, alignment.Pool4Offset, FcnArchitecture.AtOncePool4Scale);
        score3b = Skip(architecture.Score3b, alignment.Pool3Offset, FcnArchitecture.AtOncePool3Scale);
        upscore = Upsampling(architecture.Upscore);
        upscore4b = architecture.Upscore4b is { } middle ? Upsampling(middle) : null;
        upscore3b = architecture.Upscore3b is { } last ? Upsampling(last) : null;

        Layer Rectified(ConvolutionSpec spec) => Layer.Convolution(plain, spec, rectify: true);

        Layer? Skip(ConvolutionSpec? spec, int offset, float scale) =>
            spec is null ? null : Layer.Convolution(plain, spec, rectify: false, offset, Options.AtOnce ? scale : 1);

        Layer Upsampling(UpsamplingSpec spec) =>
            Layer.Upsampling(plain, spec, spec == architecture.Upsamplers.Last() ? alignment.ImageOffset : 0);
    }

    /// <inheritdoc/>
    public FcnOptions Options { get; }

    /// <inheritdoc/>
    public ModelCard Card { get; }

    /// <inheritdoc/>
    public string Description =>
        Guard.Text($"plain managed engine, {threads} threads, {InstructionSet.NameOf(KernelSet.Fastest)}");

    /// <inheritdoc/>
    public ScoreMap Score(RgbImage picture, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        EngineGuard.AnswerFits(picture.Width, picture.Height, Options.NumClasses);
        var scores = UncheckedScore(picture, cancellationToken);
        EngineGuard.RefuseOverflow(scores);
        return scores;
    }

    /// <summary>Scores an input that is normalised already.</summary>
    /// <param name="values">(3, height, width), row-major, as the weights expect.</param>
    /// <param name="height">Rows; at least 1.</param>
    /// <param name="width">Columns; at least 1.</param>
    /// <param name="cancellationToken">Ends the work between two steps of it.</param>
    /// <returns>(NumClasses, height, width) raw scores.</returns>
    /// <exception cref="ArgumentException"><paramref name="values"/> has another length than the size calls for, or the size is too large
    /// for this engine.</exception>
    /// <exception cref="ScoreOverflowException">Scores are infinite or NaN.</exception>
    public ScoreMap Score(ReadOnlySpan<float> values, int height, int width, CancellationToken cancellationToken = default)
    {
        Guard.PictureSize(width, height);
        if (values.Length != 3L * height * width)
        {
            throw new ArgumentException($"An input of 3x{height}x{width} takes {3L * height * width} values, but got {values.Length}.",
                nameof(values));
        }

        using var input = pictureInput.From(values, height, width);
        var scores = UncheckedScore(input, height, width, Parallelism(cancellationToken));
        EngineGuard.RefuseOverflow(scores);
        return scores;
    }

    /// <inheritdoc/>
    public Classification Classify(RgbImage picture, ClassificationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        EngineGuard.AnswerFits(request, Options.NumClasses);
        EngineGuard.AnswerFits(picture.Width, picture.Height, Options.NumClasses);
        var scores = UncheckedScore(picture, cancellationToken);
        return ScoreClassifier.Classify(scores, request, Parallelism(cancellationToken));
    }

    /// <summary>Does nothing: the engine holds managed memory only.</summary>
    public void Dispose()
    {
    }

    private static FeatureMap RunStage(Layer[] stage, FeatureMap input, ParallelOptions parallel)
    {
        var map = stage[0].Run(input, parallel);
        foreach (var layer in stage[1..])
        {
            using var previous = map;
            map = layer.Run(previous, parallel);
        }

        using (map)
        {
            return MaxPool.Run(map, parallel);
        }
    }

    /// <summary>From (H, W, Classes) to (Classes, H, W).</summary>
    private static ScoreMap ToScoreMap(FeatureMap scores)
    {
        var (classes, cells) = (scores.Channels, scores.Height * scores.Width);
        var planes = new float[scores.Length];
        var values = scores.Values;
        for (var cell = 0; cell < cells; cell++)
        {
            for (var classId = 0; classId < classes; classId++)
            {
                planes[(classId * cells) + cell] = values[(cell * classes) + classId];
            }
        }

        return new ScoreMap(planes, classes, scores.Height, scores.Width);
    }

    private ParallelOptions Parallelism(CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };

    private ScoreMap UncheckedScore(RgbImage picture, CancellationToken cancellationToken)
    {
        using var input = pictureInput.From(picture);
        return UncheckedScore(input, picture.Height, picture.Width, Parallelism(cancellationToken));
    }

    private ScoreMap UncheckedScore(FeatureMap input, int height, int width, ParallelOptions parallel)
    {
        using var pool1 = RunStage(stages[0], input, parallel);                    // stride 2
        using var pool2 = RunStage(stages[1], pool1, parallel);                    // stride 4
        using var pool3 = RunStage(stages[2], pool2, parallel);                    // stride 8
        using var pool4 = RunStage(stages[3], pool3, parallel);                    // stride 16
        using var pool5 = RunStage(stages[4], pool4, parallel);                    // stride 32

        using var features6 = fc6.Run(pool5, parallel);
        using var features7 = fc7.Run(features6, parallel);
        using var coarse = fc8.Run(features7, parallel);
        if (upscore4b is null)
        {
            using var scores32 = upscore.Run(coarse, height, width, parallel);     // 32 -> 1
            return ToScoreMap(scores32);
        }

        using var fused16 = upscore.Run(coarse, parallel);                         // 32 -> 16
        score4b!.AddTo(fused16, pool4, parallel);
        if (upscore3b is null)
        {
            using var scores16 = upscore4b.Run(fused16, height, width, parallel);  // 16 -> 1
            return ToScoreMap(scores16);
        }

        using var fused8 = upscore4b.Run(fused16, parallel);                       // 16 -> 8
        score3b!.AddTo(fused8, pool3, parallel);
        using var scores8 = upscore3b.Run(fused8, height, width, parallel);        // 8 -> 1
        return ToScoreMap(scores8);
    }
}
