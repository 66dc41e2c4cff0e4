using System.Diagnostics;
using System.Runtime.CompilerServices;
using FcnSharp.Engine;
using FcnSharp.Engine.Kernels;
using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Support;
using FcnSharp.Tensors;
using FcnSharp.Weights;
using FcnSharp.Weights.Loading;

namespace FcnSharp.Prediction;

/// <summary>Segments pictures: predicts a class for every pixel of a picture.</summary>
/// <remarks>
/// Thread-safe: one predictor serves any number of threads. Disposing waits for the running calls; later calls throw an
/// <see cref="ObjectDisposedException"/>.
/// </remarks>
public sealed class FcnPredictor : IDisposable
{
    /// <summary>Pictures that <see cref="SegmentManyAsync(IEnumerable{PictureSource}, CancellationToken)"/> prefetches.</summary>
    private const int PicturesAhead = 2;

    private readonly CallGate calls = new(nameof(FcnPredictor));
    private readonly IFcnEngine engine;
    private readonly PredictorOptions options;

    /// <summary>Creates a predictor on an engine. The predictor owns the engine and disposes it.</summary>
    /// <param name="engine">The engine, such as a <see cref="CpuEngine"/>.</param>
    /// <param name="options">Null means the defaults.</param>
    public FcnPredictor(IFcnEngine engine, PredictorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(engine);
        (this.engine, this.options) = (engine, options ?? new PredictorOptions());
        Classes = engine.Card.Classes ?? ClassList.Numbered(engine.NumClasses);
        Views = new PictureViews(engine.Card, this.options);
    }

    /// <summary>Names and colours of the classes; numbered if the model file does not name them.</summary>
    public ClassList Classes { get; }

    /// <summary>The card of the network.</summary>
    public ModelCard Card => engine.Card;

    /// <summary>A short description of the engine.</summary>
    public string EngineDescription => engine.Description;

    /// <summary>The options of the predictor.</summary>
    internal PredictorOptions Options => options;

    /// <summary>The views that the network gets.</summary>
    internal PictureViews Views { get; }

    /// <summary>Loads a file of weights for the managed CPU engine: a model file of this library, or any file that
    /// <see cref="Checkpoint"/> reads.</summary>
    /// <param name="path">A .safetensors, .pth, .caffemodel or .onnx file; the format is detected from its bytes.</param>
    /// <param name="options">Working size, views and results; null means the defaults.</param>
    /// <param name="checkpoint">Facts that the file does not state, such as the normalisation, and its expected SHA-256; null means the
    /// defaults.</param>
    /// <param name="engine">Threads and memory; null means the defaults.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="WeightFileException">
    /// The file is damaged, in another format, requires code to be run, holds a part of a network or another one, has weights that are
    /// infinite or NaN, has no normalisation although the options have none either, or does not have the expected SHA-256.
    /// </exception>
    public static FcnPredictor Load(
        string path, PredictorOptions? options = null, CheckpointOptions? checkpoint = null, CpuEngineOptions? engine = null) =>
        Checkpoint.WithComplete(path, checkpoint, plan => Planned(plan, path, options, engine));

    /// <summary>Loads weights from a stream, from the start of the stream to its end.</summary>
    /// <param name="stream">The bytes of the file. The caller disposes it. A stream that cannot seek is copied into memory first.</param>
    /// <param name="name">Name of the stream in error messages.</param>
    /// <param name="options">Working size, views and results; null means the defaults.</param>
    /// <param name="checkpoint">Facts that the file does not state, and its expected SHA-256; null means the defaults.</param>
    /// <param name="engine">Threads and memory; null means the defaults.</param>
    /// <exception cref="WeightFileException">As for a path.</exception>
    public static FcnPredictor Load(
        Stream stream,
        string name = "the stream",
        PredictorOptions? options = null,
        CheckpointOptions? checkpoint = null,
        CpuEngineOptions? engine = null) =>
        Checkpoint.WithComplete(stream, name, checkpoint, plan => Planned(plan, name, options, engine));

    /// <summary>Creates a predictor for a network on the managed CPU engine.</summary>
    /// <param name="network">The network, whose card has the normalisation. The engine packs its weights and keeps no reference to
    /// it.</param>
    /// <param name="options">Working size, views and results; null means the defaults.</param>
    /// <param name="engine">Threads and memory; null means the defaults.</param>
    /// <exception cref="ArgumentException">The network's card has no normalisation.</exception>
    public static FcnPredictor Create(FcnNetwork network, PredictorOptions? options = null, CpuEngineOptions? engine = null) =>
        new(new CpuEngine(network, engine), options);

    /// <summary>Segments a picture file.</summary>
    /// <param name="path">A JPEG, PNG, WebP, BMP or GIF file.</param>
    /// <param name="cancellationToken">Cancels the segmentation between two of its steps.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageFileException">The file is not a picture, is damaged, or is larger than the options allow.</exception>
    /// <exception cref="ScoreOverflowException">The network overflows on this picture.</exception>
    /// <exception cref="OperationCanceledException">The segmentation was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The predictor was disposed.</exception>
    public Segmentation Segment(string path, CancellationToken cancellationToken = default) =>
        Segment(() => RgbImage.Load(path, options.Decoding), path, progress: null, cancellationToken);

    /// <summary>Segments a picture file from a stream. The caller disposes the stream.</summary>
    /// <inheritdoc cref="Segment(string, CancellationToken)"/>
    /// <param name="stream">The bytes of a picture file, read from the current position; the stream need not be seekable.</param>
    /// <param name="cancellationToken">Cancels the segmentation between two of its steps.</param>
    public Segmentation Segment(Stream stream, CancellationToken cancellationToken = default) =>
        Segment(() => RgbImage.Load(stream, options.Decoding), name: null, progress: null, cancellationToken);

    /// <summary>Segments a picture in memory.</summary>
    /// <param name="picture">A picture of at least 1x1 pixels.</param>
    /// <param name="cancellationToken">Cancels the segmentation between two of its steps.</param>
    /// <returns>The labels, at the size of the picture.</returns>
    /// <exception cref="ArgumentException">The picture, without scaling, is too large for the engine; the message states the
    /// remedy.</exception>
    /// <exception cref="ScoreOverflowException">The network overflows on this picture.</exception>
    /// <exception cref="OperationCanceledException">The segmentation was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The predictor was disposed.</exception>
    public Segmentation Segment(RgbImage picture, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return Segment(() => picture, name: null, progress: null, cancellationToken);
    }

    /// <summary>Segments a large picture in memory and reports the progress.</summary>
    /// <inheritdoc cref="Segment(RgbImage, CancellationToken)"/>
    /// <param name="picture">A picture of at least 1x1 pixels.</param>
    /// <param name="progress">Receives a number from 0 to 1 after every tile of a picture that is computed in tiles; see
    /// <see cref="CpuEngineOptions.MaxWorkingMemory"/>.</param>
    /// <param name="cancellationToken">Cancels the segmentation between two of its steps.</param>
    public Segmentation Segment(RgbImage picture, IProgress<double> progress, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(progress);
        return Segment(() => picture, name: null, progress, cancellationToken);
    }

    /// <summary>Segments the bytes of a picture file.</summary>
    /// <inheritdoc cref="Segment(string, CancellationToken)"/>
    /// <param name="file">A JPEG, PNG, WebP, BMP or GIF file.</param>
    /// <param name="cancellationToken">Cancels the segmentation between two of its steps.</param>
    public Segmentation Segment(ReadOnlyMemory<byte> file, CancellationToken cancellationToken = default) =>
        Segment(() => RgbImage.Load(file.Span, options.Decoding), name: null, progress: null, cancellationToken);

    /// <summary>Segments a picture file asynchronously, without blocking the calling thread.</summary>
    /// <remarks>The network is computed on <see cref="CpuEngineOptions.Threads"/> thread-pool threads.</remarks>
    /// <inheritdoc cref="Segment(string, CancellationToken)"/>
    public Task<Segmentation> SegmentAsync(string path, CancellationToken cancellationToken = default) =>
        SegmentAsync(PictureSource.FromPath(path), cancellationToken);

    /// <summary>Segments a picture file from a stream that is read asynchronously, such as a request body. The caller disposes the
    /// stream.</summary>
    /// <inheritdoc cref="SegmentAsync(string, CancellationToken)" path="/remarks"/>
    /// <inheritdoc cref="Segment(Stream, CancellationToken)"/>
    public async Task<Segmentation> SegmentAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        var (picture, decoding) = await TimedAsync(
            () => new(RgbImage.LoadAsync(stream, options.Decoding, cancellationToken: cancellationToken))).ConfigureAwait(false);
        return await SegmentAsync(picture, name: null, decoding, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Segments the bytes of a picture file on thread-pool threads.</summary>
    /// <inheritdoc cref="Segment(ReadOnlyMemory{byte}, CancellationToken)"/>
    public Task<Segmentation> SegmentAsync(ReadOnlyMemory<byte> file, CancellationToken cancellationToken = default) =>
        Task.Run(() => Segment(file, cancellationToken), cancellationToken);

    /// <summary>Segments a picture in memory on thread-pool threads.</summary>
    /// <inheritdoc cref="Segment(RgbImage, CancellationToken)"/>
    public Task<Segmentation> SegmentAsync(RgbImage picture, CancellationToken cancellationToken = default) =>
        SegmentAsync(Guard.NotNull(picture), name: null, decoding: default, cancellationToken);

    /// <summary>Segments many pictures, and reads and decodes the next ones while the network computes one. Results are in the order of the
    /// sources; the result of a picture that cannot be read or segmented has an exception, and the sequence continues.</summary>
    /// <remarks>Only a few pictures are in memory at a time, however many there are and however slowly results are consumed.</remarks>
    /// <param name="sources">The pictures; the sequence is enumerated one by one, on another thread.</param>
    /// <param name="cancellationToken">Ends the sequence, and cancels the segmentation between two of its steps.</param>
    /// <exception cref="OperationCanceledException">The segmentation was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The predictor was disposed.</exception>
    public IAsyncEnumerable<PictureResult> SegmentManyAsync(
        IEnumerable<PictureSource> sources, CancellationToken cancellationToken = default) =>
        SegmentManyAsync(Guard.NotNull(sources).ToAsyncEnumerable(), cancellationToken);

    /// <inheritdoc cref="SegmentManyAsync(IEnumerable{PictureSource}, CancellationToken)"/>
    public async IAsyncEnumerable<PictureResult> SegmentManyAsync(
        IAsyncEnumerable<PictureSource> sources, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sources);
        var decoding = OrderedPrefetch.Run(sources, ReadAsync, PicturesAhead, cancellationToken);
        await foreach (var (source, reading) in decoding.ConfigureAwait(false))
        {
            yield return await ResultOf(source, reading, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Describes what the managed engine computes for a picture, scaled to the working size, without computing it. Only the
    /// first view of a test-time augmentation is included.</summary>
    /// <param name="width">Columns of the picture, in pixels; at least 1.</param>
    /// <param name="height">Rows of the picture, in pixels; at least 1.</param>
    /// <returns>The plan; null for a predictor whose engine is not <see cref="CpuEngine"/>.</returns>
    /// <exception cref="ArgumentException">The network has no maps for a picture of this size.</exception>
    public CpuPlan? PlanFor(int width, int height)
    {
        Guard.PictureSize(width, height);
        var (columns, rows) = Views.SizeOf(width, height);
        return (engine as CpuEngine)?.PlanFor(columns, rows);
    }

    /// <summary>Segments a frame of a video.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="average">Adds the frame's probabilities to this mean, which decides; null: the frame alone decides.</param>
    /// <param name="cancellationToken">Ends the work between two of its steps.</param>
    internal Segmentation Segment(RgbImage frame, ProbabilityAverage? average, CancellationToken cancellationToken) =>
        Segment(() => frame, name: null, progress: null, cancellationToken, average: average);

    /// <summary>Waits for the running calls, then disposes the engine.</summary>
    public void Dispose()
    {
        if (calls.Close())
        {
            engine.Dispose();
        }
    }

    private static FcnPredictor Planned(LoadPlan plan, string path, PredictorOptions? options, CpuEngineOptions? engine)
    {
        if (plan.Card.Normalization is null)
        {
            throw new WeightFileException(
                path,
                "does not state the normalisation of its input.",
                $"Set {nameof(CheckpointOptions)}.{nameof(CheckpointOptions.Normalization)}, " +
                $"for example to {nameof(Normalization)}.{nameof(Normalization.ImageNet)}, or write mean and std into its metadata.");
        }

        using var tensors = new TensorStream(plan);
        return new FcnPredictor(new CpuEngine(plan.Graph, name => tensors[name], plan.Card, engine), options);
    }

    private Task<(RgbImage Picture, TimeSpan Decoding)> ReadAsync(PictureSource source, CancellationToken cancellationToken) =>
        TimedAsync(() => source.ReadAsync(options.Decoding, cancellationToken));

    private static async Task<(RgbImage Picture, TimeSpan Decoding)> TimedAsync(Func<ValueTask<RgbImage>> read)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            var picture = await read().ConfigureAwait(false);
            return (picture, clock.Elapsed);
        }
        catch (Exception exception)
        {
            FcnTelemetry.Fail(activity: null, exception);
            throw;
        }
    }

    private async Task<PictureResult> ResultOf(
        PictureSource source, Task<(RgbImage Picture, TimeSpan Decoding)> reading, CancellationToken cancellationToken)
    {
        try
        {
            var (picture, decoding) = await reading.ConfigureAwait(false);
            return new PictureResult(source, await SegmentAsync(picture, source.Name, decoding, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception) when (exception is not ObjectDisposedException && !cancellationToken.IsCancellationRequested)
        {
            return new PictureResult(source, exception);
        }
    }

    private async Task<Segmentation> SegmentAsync(PictureSource source, CancellationToken cancellationToken)
    {
        var (picture, decoding) = await Task.Run(() => ReadAsync(source, cancellationToken), cancellationToken).ConfigureAwait(false);
        return await SegmentAsync(picture, source.Name, decoding, cancellationToken).ConfigureAwait(false);
    }

    private Task<Segmentation> SegmentAsync(RgbImage picture, string? name, TimeSpan decoding, CancellationToken cancellationToken) =>
        Task.Run(() => Segment(() => picture, name, progress: null, cancellationToken, decoding), cancellationToken);

    private Segmentation Segment(
        Func<RgbImage> decode,
        string? name,
        IProgress<double>? progress,
        CancellationToken cancellationToken,
        TimeSpan decodedBefore = default,
        ProbabilityAverage? average = null)
    {
        calls.Enter();
        var activity = FcnTelemetry.Begin();
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            var segmentation = Segmented(decode, name, decodedBefore, progress, average, cancellationToken);
            FcnTelemetry.Succeed(activity, segmentation);
            return segmentation;
        }
        catch (Exception exception)
        {
            FcnTelemetry.Fail(activity, exception);
            throw;
        }
        finally
        {
            FcnTelemetry.End(activity);
            calls.Leave();
        }
    }

    private Segmentation Segmented(
        Func<RgbImage> decode,
        string? name,
        TimeSpan decodedBefore,
        IProgress<double>? progress,
        ProbabilityAverage? average,
        CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var picture = decode();
        var decoded = clock.Elapsed;

        List<PictureView> views = [.. Views.Of(picture)];
        var prepared = clock.Elapsed;

        var request = new ClassificationRequest
        {
            Width = picture.Width,
            Height = picture.Height,
            Confidence = options.Confidence || options.MinConfidence > 0,
            Probabilities = options.Probabilities,
            Temperature = Card.Temperature ?? 1,
            Progress = progress,
        };
        var classification = average is null
            ? Classify(views, request, cancellationToken)
            : ClassifyByMean(views, request, average, cancellationToken);
        classification = options.MinConfidence > 0 ? WithoutUnsure(classification) : classification;
        var timings = new SegmentationTimings(decodedBefore + decoded, prepared - decoded, clock.Elapsed - prepared);
        return new Segmentation(
            new SegmentationOrigin(name, Card.Name, EngineDescription), picture, classification, Classes, timings);
    }

    /// <summary>Replaces the labels of pixels below the minimum confidence by the ignored id.</summary>
    private Classification WithoutUnsure(Classification classification)
    {
        if (classification.Confidence is not { } confidence)
        {
            throw new InvalidOperationException(
                $"The engine \"{EngineDescription}\" returned no confidence although it was requested. " +
                $"Omit {nameof(PredictorOptions.MinConfidence)}.");
        }

        var sure = classification.WithoutUnsure(confidence, options.MinConfidence);
        return options.Confidence ? sure : sure with { Confidence = null };
    }

    private Classification Classify(List<PictureView> views, ClassificationRequest request, CancellationToken cancellationToken)
    {
        if (options.TestTimeAugmentation is null)
        {
            return engine.Classify(views[0].Picture, request, cancellationToken);
        }

        EngineGuard.ThrowIfAnswerTooLarge(request, engine.NumClasses);
        return ScoreClassifier.Classify(
            [.. views.Select(view => new ScoreView(engine.Score(view.Picture, cancellationToken), view.Mirrored))],
            request,
            OnCores(cancellationToken));
    }

    /// <summary>Classifies by the mean of this frame's and the previous frames' probabilities, which is kept at the working size.</summary>
    private Classification ClassifyByMean(
        List<PictureView> views, ClassificationRequest request, ProbabilityAverage average, CancellationToken cancellationToken)
    {
        var shown = request with
        {
            Width = views[0].Picture.Width,
            Height = views[0].Picture.Height,
            Confidence = false,
            Probabilities = true,
        };
        var probabilities = Classify(views, shown, cancellationToken).Probabilities
            ?? throw new InvalidOperationException(
                $"The engine \"{EngineDescription}\" gives no probabilities, though it was asked to. " +
                $"Leave {nameof(FrameOptions.Smoothing)} out.");
        EngineGuard.ThrowIfAnswerTooLarge(request, engine.NumClasses);
        return ScoreClassifier.Classify(
            [new ScoreView(average.Add(probabilities), Mirrored: false)], request with { Temperature = 1 }, OnCores(cancellationToken));
    }

    private ParallelOptions OnCores(CancellationToken cancellationToken) => new()
    {
        MaxDegreeOfParallelism = (engine as CpuEngine)?.Threads ?? PhysicalCores.Count,
        CancellationToken = cancellationToken,
    };
}
