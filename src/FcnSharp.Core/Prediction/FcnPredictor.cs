using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using FcnSharp.Engine;
using FcnSharp.Engine.Kernels;
using FcnSharp.Imaging;
using FcnSharp.Networks;
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
    /// <summary>Decoded pictures that <see cref="SegmentMany"/> holds ready.</summary>
    private const int PicturesAhead = 2;

    /// <summary>Where the shorter side is scaled to the working size, the longer one counts as so many times as long at most.</summary>
    private const int MaxAspect = 4;

    private readonly CallGate calls = new(nameof(FcnPredictor));
    private readonly IFcnEngine engine;
    private readonly PredictorOptions options;

    /// <summary>Predicts with an engine, which the predictor owns from now on and disposes.</summary>
    /// <param name="engine">What computes, such as a <see cref="CpuEngine"/>.</param>
    /// <param name="options">Null means the defaults. <see cref="PredictorOptions.Threads"/> and
    /// <see cref="PredictorOptions.Normalization"/> are the engine's own matter.</param>
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
    public string Engine => engine.Description;

    /// <summary>What computes.</summary>
    internal IFcnEngine Computing => engine;

    /// <summary>What it was made with.</summary>
    internal PredictorOptions Options => options;

    /// <summary>Loads a file of weights for the managed CPU engine: a model file of this library, or whatever <see cref="Checkpoint"/>
    /// reads.</summary>
    /// <param name="path">A .safetensors, .pth, .caffemodel or .onnx file; the format is told from its bytes.</param>
    /// <param name="options">Null means the defaults.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="WeightFileException">
    /// The file is of another kind, damaged, asks for code to be run, holds a part of a network or another one, has weights that are no
    /// finite numbers, does not say how pictures are normalised and neither do the options, or has another SHA-256 than was expected.
    /// </exception>
    public static FcnPredictor Load(string path, PredictorOptions? options = null) =>
        Checkpoint.WithComplete(path, options?.Checkpoint, options?.ExpectedSha256, plan =>
        {
            var normalization = options?.Normalization ?? plan.Card.Normalization
                ?? throw new WeightFileException(
                    path,
                    $"does not say how pictures are normalised. Set {nameof(PredictorOptions)}.{nameof(PredictorOptions.Normalization)}, " +
                    $"for example to {nameof(Networks.Normalization)}.{nameof(Normalization.ImageNet)}, " +
                    "or write mean and std into its metadata.");
            using var tensors = new TensorStream(plan);
            var card = plan.Card with { Normalization = normalization };
            return new FcnPredictor(new CpuEngine(plan.Graph, name => tensors[name], card, EngineOptions(options)), options);
        });

    /// <summary>Predicts with a network on the managed CPU engine.</summary>
    /// <param name="network">The network; not kept, since the engine packs its weights.</param>
    /// <param name="options">Null means the defaults.</param>
    /// <exception cref="ArgumentException">Neither the network's card nor the options say how pictures are normalised.</exception>
    public static FcnPredictor Create(FcnNetwork network, PredictorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (options?.Normalization is { } normalization)
        {
            network = network.WithCard(network.Card with { Normalization = normalization });
        }

        return new FcnPredictor(new CpuEngine(network, EngineOptions(options)), options);
    }

    /// <summary>Segments a picture file.</summary>
    /// <param name="path">A JPEG, PNG, WebP, BMP or GIF file.</param>
    /// <param name="cancellationToken">Ends the work between two steps of it.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageFileException">The file is no picture, a damaged one, or larger than the options allow.</exception>
    /// <exception cref="ScoreOverflowException">The network's numbers overflow on this picture.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The predictor was disposed.</exception>
    public Segmentation Segment(string path, CancellationToken cancellationToken = default) =>
        Segment(() => RgbImage.Load(path, options.Decoding), progress: null, cancellationToken);

    /// <summary>Segments a picture file from a stream, which the caller disposes.</summary>
    /// <inheritdoc cref="Segment(string, CancellationToken)"/>
    /// <param name="stream">The bytes of a picture file, read from where the stream stands; it need not be seekable.</param>
    /// <param name="cancellationToken">Ends the work between two steps of it.</param>
    public Segmentation Segment(Stream stream, CancellationToken cancellationToken = default) =>
        Segment(() => RgbImage.Load(stream, options.Decoding), progress: null, cancellationToken);

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
        return Segment(() => picture, progress: null, cancellationToken);
    }

    /// <summary>Segments a large picture in memory, telling how far the work is.</summary>
    /// <inheritdoc cref="Segment(RgbImage, CancellationToken)"/>
    /// <param name="picture">Any size from 1x1 up.</param>
    /// <param name="progress">Told a number from 0 to 1 after every tile of a picture that is worked on in tiles; see
    /// <see cref="PredictorOptions.MaxWorkingMemory"/>.</param>
    /// <param name="cancellationToken">Ends the work between two steps of it.</param>
    public Segmentation Segment(RgbImage picture, IProgress<double> progress, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(progress);
        return Segment(() => picture, progress, cancellationToken);
    }

    /// <summary>Segments many picture files, decoding the next ones while the network works on one. Results come in the order of the
    /// paths.</summary>
    /// <remarks>
    /// A few pictures are held at a time, whatever the number of paths and however slowly results are taken. A picture that cannot be read
    /// ends the sequence with its exception; check files beforehand, or call <see cref="Segment(string, CancellationToken)"/> for each, to
    /// go on after one.
    /// </remarks>
    /// <param name="paths">JPEG, PNG, WebP, BMP or GIF files.</param>
    /// <param name="cancellationToken">Ends the work between two steps of it.</param>
    /// <inheritdoc cref="Segment(string, CancellationToken)" path="/exception"/>
    public async IAsyncEnumerable<Segmentation> SegmentMany(
        IAsyncEnumerable<string> paths, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var decoded = Channel.CreateBounded<Task<RgbImage>>(
            new BoundedChannelOptions(PicturesAhead) { SingleReader = true, SingleWriter = true });
        var decoding = DecodeAll(paths, decoded.Writer, stop.Token);
        try
        {
            await foreach (var next in decoded.Reader.ReadAllAsync(cancellationToken))
            {
                var picture = await next;
                yield return await Task.Run(() => Segment(picture, cancellationToken), cancellationToken);
            }

            await decoding;
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAny(decoding);
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

    private static CpuEngineOptions EngineOptions(PredictorOptions? options) => options is null
        ? new CpuEngineOptions()
        : new CpuEngineOptions { Threads = options.Threads, MaxWorkingMemory = options.MaxWorkingMemory };

    /// <summary>Starts decoding one file after the other, never more than the channel has room for.</summary>
    private async Task DecodeAll(IAsyncEnumerable<string> paths, ChannelWriter<Task<RgbImage>> decoded, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var path in paths.WithCancellation(cancellationToken))
            {
                await decoded.WaitToWriteAsync(cancellationToken);
                await decoded.WriteAsync(Task.Run(() => RgbImage.Load(path, options.Decoding), cancellationToken), cancellationToken);
            }

            decoded.Complete();
        }
        catch (Exception exception)
        {
            decoded.Complete(exception);
        }
    }

    private Segmentation Segment(Func<RgbImage> decode, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        calls.Enter();
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            var clock = Stopwatch.StartNew();
            var picture = decode();
            var decoded = clock.Elapsed;

            List<PictureView> views = [.. ViewsOf(picture)];
            var prepared = clock.Elapsed;

            var request = new ClassificationRequest
            {
                Width = picture.Width,
                Height = picture.Height,
                Confidence = options.Confidence,
                Probabilities = options.Probabilities,
                Temperature = Card.Temperature ?? 1,
                Progress = progress,
            };
            var classification = options.TestTimeAugmentation is null
                ? engine.Classify(views[0].Picture, request, cancellationToken)
                : ClassifyAll(views, request, cancellationToken);
            var timings = new SegmentationTimings(decoded, prepared - decoded, clock.Elapsed - prepared);

            return new Segmentation(picture, classification, Classes, Engine, timings);
        }
        finally
        {
            calls.Leave();
        }
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
        EngineGuard.AnswerFits(request, engine.NumClasses);
        return ScoreClassifier.Classify(
            [.. views.Select(view => new ScoreView(engine.Score(view.Picture, cancellationToken), view.Mirrored))],
            request,
            new ParallelOptions { MaxDegreeOfParallelism = options.Threads ?? PhysicalCores.Count, CancellationToken = cancellationToken });
    }
}
