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

/// <summary>Turns pictures into class maps: a picture goes in, a class for every pixel comes out.</summary>
/// <remarks>
/// Thread-safe: one predictor serves any number of threads. Disposing waits for the calls that run; calls that come later get an
/// <see cref="ObjectDisposedException"/>.
/// </remarks>
public sealed class FcnPredictor : IDisposable
{
    /// <summary>Pictures that <see cref="SegmentManyAsync(IEnumerable{PictureSource}, CancellationToken)"/> reads or holds ready.</summary>
    private const int PicturesAhead = 2;

    /// <summary>Where the shorter side is scaled to the working size, the longer one counts as so many times as long at most.</summary>
    private const int MaxAspect = 4;

    private readonly CallGate calls = new(nameof(FcnPredictor));
    private readonly IFcnEngine engine;
    private readonly PredictorOptions options;

    /// <summary>Predicts with an engine, which the predictor owns from now on and disposes.</summary>
    /// <param name="engine">What computes, such as a <see cref="CpuEngine"/>.</param>
    /// <param name="options">Null means the defaults.</param>
    public FcnPredictor(IFcnEngine engine, PredictorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(engine);
        (this.engine, this.options) = (engine, options ?? new PredictorOptions());
        Classes = engine.Card.Classes ?? ClassList.Numbered(engine.NumClasses);
    }

    /// <summary>Names and colours of the classes; numbered when the model file does not name them.</summary>
    public ClassList Classes { get; }

    /// <summary>What is known of the network.</summary>
    public ModelCard Card => engine.Card;

    /// <summary>What computes, in a few words.</summary>
    public string EngineDescription => engine.Description;

    /// <summary>What computes.</summary>
    internal IFcnEngine Computing => engine;

    /// <summary>What it was made with.</summary>
    internal PredictorOptions Options => options;

    /// <summary>Loads a file of weights for the managed CPU engine: a model file of this library, or whatever <see cref="Checkpoint"/>
    /// reads.</summary>
    /// <param name="path">A .safetensors, .pth, .caffemodel or .onnx file; the format is told from its bytes.</param>
    /// <param name="options">How pictures are seen, and what is given; null means the defaults.</param>
    /// <param name="checkpoint">What the file cannot tell, such as the normalization, and its expected SHA-256; null means the
    /// defaults.</param>
    /// <param name="engine">Threads and memory; null means the defaults.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="WeightFileException">
    /// The file is of another kind, damaged, asks for code to be run, holds a part of a network or another one, has weights that are no
    /// finite numbers, does not say how pictures are normalised and neither do the options, or has another SHA-256 than was expected.
    /// </exception>
    public static FcnPredictor Load(
        string path, PredictorOptions? options = null, CheckpointOptions? checkpoint = null, CpuEngineOptions? engine = null) =>
        Checkpoint.WithComplete(path, checkpoint, plan => Planned(plan, path, options, engine));

    /// <summary>Loads weights from a stream, from its start to its end.</summary>
    /// <param name="stream">The bytes of the file. The caller disposes it. One that cannot seek is copied into memory first.</param>
    /// <param name="name">What to call it in error messages.</param>
    /// <param name="options">How pictures are seen, and what is given; null means the defaults.</param>
    /// <param name="checkpoint">What the file cannot tell, and its expected SHA-256; null means the defaults.</param>
    /// <param name="engine">Threads and memory; null means the defaults.</param>
    /// <exception cref="WeightFileException">As for a path.</exception>
    public static FcnPredictor Load(
        Stream stream,
        string name = "the stream",
        PredictorOptions? options = null,
        CheckpointOptions? checkpoint = null,
        CpuEngineOptions? engine = null) =>
        Checkpoint.WithComplete(stream, name, checkpoint, plan => Planned(plan, name, options, engine));

    /// <summary>Predicts with a network on the managed CPU engine.</summary>
    /// <param name="network">The network, whose card says how pictures are normalised; not kept, since the engine packs its
    /// weights.</param>
    /// <param name="options">How pictures are seen, and what is given; null means the defaults.</param>
    /// <param name="engine">Threads and memory; null means the defaults.</param>
    /// <exception cref="ArgumentException">The network's card does not say how pictures are normalised.</exception>
    public static FcnPredictor Create(FcnNetwork network, PredictorOptions? options = null, CpuEngineOptions? engine = null) =>
        new(new CpuEngine(network, engine), options);

    /// <summary>Segments a picture file.</summary>
    /// <param name="path">A JPEG, PNG, WebP, BMP or GIF file.</param>
    /// <param name="cancellationToken">Ends the work between two steps of it.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageFileException">The file is no picture, a damaged one, or larger than the options allow.</exception>
    /// <exception cref="ScoreOverflowException">The network's numbers overflow on this picture.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The predictor was disposed.</exception>
    public Segmentation Segment(string path, CancellationToken cancellationToken = default) =>
        Segment(() => RgbImage.Load(path, options.Decoding), path, progress: null, cancellationToken);

    /// <summary>Segments a picture file from a stream, which the caller disposes.</summary>
    /// <inheritdoc cref="Segment(string, CancellationToken)"/>
    /// <param name="stream">The bytes of a picture file, read from where the stream stands; it need not be seekable.</param>
    /// <param name="cancellationToken">Ends the work between two steps of it.</param>
    public Segmentation Segment(Stream stream, CancellationToken cancellationToken = default) =>
        Segment(() => RgbImage.Load(stream, options.Decoding), name: null, progress: null, cancellationToken);

    /// <summary>Segments a picture in memory.</summary>
    /// <param name="picture">Any size from 1x1 up.</param>
    /// <param name="cancellationToken">Ends the work between two steps of it.</param>
    /// <returns>The classes, at the picture's own size.</returns>
    /// <exception cref="ArgumentException">The picture, taken as it is, is too large for the engine; the message says what to
    /// do.</exception>
    /// <exception cref="ScoreOverflowException">The network's numbers overflow on this picture.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The predictor was disposed.</exception>
    public Segmentation Segment(RgbImage picture, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return Segment(() => picture, name: null, progress: null, cancellationToken);
    }

    /// <summary>Segments a large picture in memory, telling how far the work is.</summary>
    /// <inheritdoc cref="Segment(RgbImage, CancellationToken)"/>
    /// <param name="picture">Any size from 1x1 up.</param>
    /// <param name="progress">Told a number from 0 to 1 after every tile of a picture that is worked on in tiles; see
    /// <see cref="CpuEngineOptions.MaxWorkingMemory"/>.</param>
    /// <param name="cancellationToken">Ends the work between two steps of it.</param>
    public Segmentation Segment(RgbImage picture, IProgress<double> progress, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(progress);
        return Segment(() => picture, name: null, progress, cancellationToken);
    }

    /// <summary>Segments the bytes of a picture file.</summary>
    /// <inheritdoc cref="Segment(string, CancellationToken)"/>
    /// <param name="file">A JPEG, PNG, WebP, BMP or GIF file.</param>
    /// <param name="cancellationToken">Ends the work between two steps of it.</param>
    public Segmentation Segment(ReadOnlyMemory<byte> file, CancellationToken cancellationToken = default) =>
        Segment(() => RgbImage.Load(file.Span, options.Decoding), name: null, progress: null, cancellationToken);

    /// <summary>Segments a picture file; nothing blocks the calling thread, which awaits.</summary>
    /// <remarks>The network computes on threads of the pool, as many as <see cref="CpuEngineOptions.Threads"/> says.</remarks>
    /// <inheritdoc cref="Segment(string, CancellationToken)"/>
    public Task<Segmentation> SegmentAsync(string path, CancellationToken cancellationToken = default) =>
        SegmentAsync(PictureSource.FromPath(path), cancellationToken);

    /// <summary>Segments a picture file from a stream, which is read without blocking, such as the body of a request. The caller disposes
    /// it.</summary>
    /// <inheritdoc cref="SegmentAsync(string, CancellationToken)" path="/remarks"/>
    /// <inheritdoc cref="Segment(Stream, CancellationToken)"/>
    public async Task<Segmentation> SegmentAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        var (picture, decoding) = await TimedAsync(
            () => new(RgbImage.LoadAsync(stream, options.Decoding, cancellationToken: cancellationToken))).ConfigureAwait(false);
        return await SegmentAsync(picture, name: null, decoding, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Segments the bytes of a picture file on threads of the pool.</summary>
    /// <inheritdoc cref="Segment(ReadOnlyMemory{byte}, CancellationToken)"/>
    public Task<Segmentation> SegmentAsync(ReadOnlyMemory<byte> file, CancellationToken cancellationToken = default) =>
        Task.Run(() => Segment(file, cancellationToken), cancellationToken);

    /// <summary>Segments a picture in memory on threads of the pool.</summary>
    /// <inheritdoc cref="Segment(RgbImage, CancellationToken)"/>
    public Task<Segmentation> SegmentAsync(RgbImage picture, CancellationToken cancellationToken = default) =>
        SegmentAsync(Guard.NotNull(picture), name: null, decoding: default, cancellationToken);

    /// <summary>Segments many pictures, reading and decoding the next ones at once while the network works on one. Results come in the
    /// order of the sources; a picture that cannot be read or segmented gives one with its exception, and does not end the
    /// sequence.</summary>
    /// <remarks>A few pictures are held at a time, however many there are and however slowly results are taken.</remarks>
    /// <param name="sources">Where the pictures are; taken one by one, from another thread.</param>
    /// <param name="cancellationToken">Ends the sequence, and the work between two steps of it.</param>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
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

    /// <summary>Waits for the calls that run, then disposes the engine.</summary>
    public void Dispose()
    {
        if (calls.Close())
        {
            engine.Dispose();
        }
    }

    /// <summary>Columns and rows of a picture as the network is shown it, in pixels.</summary>
    /// <param name="width">Columns of the picture.</param>
    /// <param name="height">Rows of the picture.</param>
    /// <param name="scale">1 for the working size itself.</param>
    internal (int Width, int Height) ShownSize(int width, int height, double scale = 1)
    {
        var longer = Math.Max(width, height);
        var side = Card.WorkingSide == WorkingSide.Shorter ? Math.Max(Math.Min(width, height), (double)longer / MaxAspect) : longer;
        var workingSize = (options.WorkingSize ?? Card.WorkingSize) is { } size and > 0 ? size : side;
        return (Scaled(width), Scaled(height));

        int Scaled(int length) => Math.Max(1, (int)Math.Round(scale * length * workingSize / side, MidpointRounding.AwayFromZero));
    }

    private static FcnPredictor Planned(LoadPlan plan, string path, PredictorOptions? options, CpuEngineOptions? engine)
    {
        if (plan.Card.Normalization is null)
        {
            throw new WeightFileException(
                path,
                "does not say how pictures are normalised.",
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
        TimeSpan decodedBefore = default)
    {
        calls.Enter();
        var activity = FcnTelemetry.Begin();
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            var segmentation = Segmented(decode, name, decodedBefore, progress, cancellationToken);
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
        Func<RgbImage> decode, string? name, TimeSpan decodedBefore, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var picture = decode();
        var decoded = clock.Elapsed;

        List<PictureView> views = [.. ViewsOf(picture)];
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
        var classification = options.TestTimeAugmentation is null
            ? engine.Classify(views[0].Picture, request, cancellationToken)
            : ClassifyAll(views, request, cancellationToken);
        classification = options.MinConfidence > 0 ? WithoutUnsure(classification) : classification;
        var timings = new SegmentationTimings(decodedBefore + decoded, prepared - decoded, clock.Elapsed - prepared);
        return new Segmentation(
            new SegmentationOrigin(name, Card.Name, EngineDescription), picture, classification, Classes, timings);
    }

    /// <summary>The answer with the ignored id where the network is less sure than it has to be.</summary>
    private Classification WithoutUnsure(Classification classification)
    {
        if (classification.Confidence is not { } confidence)
        {
            throw new InvalidOperationException(
                $"The engine \"{EngineDescription}\" gives no confidence, though it was asked to. " +
                $"Leave {nameof(PredictorOptions.MinConfidence)} out.");
        }

        var least = (byte)Math.Ceiling(options.MinConfidence * byte.MaxValue);
        var labels = classification.Labels.Labels.ToArray();
        var sure = confidence.Pixels.Span;
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = sure[i] < least ? LabelMap.IgnoreId : labels[i];
        }

        return classification with
        {
            Labels = new LabelMap(labels, confidence.Width, confidence.Height),
            Confidence = options.Confidence ? confidence : null,
        };
    }

    /// <summary>The picture as the network is shown it: at its working size, or at several scales of that and mirrored.</summary>
    private IEnumerable<PictureView> ViewsOf(RgbImage picture)
    {
        var augmentation = options.TestTimeAugmentation ?? new TestTimeAugmentation();
        foreach (var scale in augmentation.Scales)
        {
            var (width, height) = ShownSize(picture.Width, picture.Height, scale);
            var view = picture.Resize(width, height);
            yield return new PictureView(view, Mirrored: false);
            if (augmentation.Flip)
            {
                yield return new PictureView(view.Mirror(), Mirrored: true);
            }
        }
    }

    private Classification ClassifyAll(List<PictureView> views, ClassificationRequest request, CancellationToken cancellationToken)
    {
        EngineGuard.ThrowIfAnswerTooLarge(request, engine.NumClasses);
        return ScoreClassifier.Classify(
            [.. views.Select(view => new ScoreView(engine.Score(view.Picture, cancellationToken), view.Mirrored))],
            request,
            new ParallelOptions
            {
                MaxDegreeOfParallelism = (engine as CpuEngine)?.Threads ?? PhysicalCores.Count,
                CancellationToken = cancellationToken,
            });
    }
}
