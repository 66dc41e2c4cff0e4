using FcnSharp.Engine;
using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Runtime;
using FcnSharp.Support;
using FcnSharp.Tensors;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FcnSharp.Torch;

/// <summary>Runs a network on TorchSharp, on the CPU or a CUDA device: <c>new FcnPredictor(TorchEngine.Load(path, "cuda"))</c>.</summary>
/// <remarks>
/// Thread-safe: the weights never change, and calls take turns, so that one picture's memory is needed at a time whatever the number of
/// callers. Weights are copied to the device once; of a picture its bytes go there, and of the answer only what was asked for comes back.
/// </remarks>
public sealed class TorchEngine : IFcnEngine
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly TorchDevice device;
    private readonly TorchEngineOptions options;
    private readonly Module<Tensor, Tensor> module;
    private readonly PictureTensor pictures;
    private bool disposed;

    /// <summary>Copies a network to a device. Batch norm is folded on the way; the network itself is not kept.</summary>
    /// <param name="network">The network; its card, or the options, say how pictures are normalised.</param>
    /// <param name="device"><c>cpu</c>, <c>cuda</c> (the first CUDA device), or <c>cuda:1</c> and so on for one of several.</param>
    /// <param name="options">Null means the defaults.</param>
    /// <exception cref="ArgumentException">
    /// The device's name is none of these, neither card nor options have a normalisation, or half precision is asked of the CPU or of
    /// weights beyond its range.
    /// </exception>
    /// <exception cref="LibtorchLoadException">There is no libtorch for TorchSharp to use.</exception>
    /// <exception cref="TorchDeviceException">This machine has no such device, or the device has no room for the weights.</exception>
    public TorchEngine(FcnNetwork network, string device = "cpu", TorchEngineOptions? options = null)
        : this(network, TorchDevice.Find(device), options ?? new TorchEngineOptions())
    {
    }

    private TorchEngine(FcnNetwork network, TorchDevice device, TorchEngineOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (options.HalfPrecision && !device.IsCuda)
        {
            throw new ArgumentException(
                $"Half precision is for CUDA devices, but the device is {device.Name}. " +
                $"Leave {nameof(TorchEngineOptions.HalfPrecision)} false.", nameof(options));
        }

        var normalization = options.Normalization ?? EngineGuard.NormalizationOf(network.Card);

        (this.device, this.options) = (device, options);
        (NumClasses, Card) = (network.Options.NumClasses, network.Card with { Normalization = normalization });
        pictures = device.Run(() => new PictureTensor(normalization, device.Device));
        try
        {
            module = device.Run(
                () => FrozenModule.Create(network, device.Device, options.HalfPrecision ? ScalarType.Float16 : ScalarType.Float32));
        }
        catch
        {
            pictures.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public int NumClasses { get; }

    /// <inheritdoc/>
    public ModelCard Card { get; }

    /// <inheritdoc/>
    public string Description =>
        $"TorchSharp {typeof(torch).Assembly.GetName().Version?.ToString(fieldCount: 2)} on {device.Name}" +
        (device.IsCuda ? (options.HalfPrecision ? ", half precision" : "") : Guard.Text($", {get_num_threads()} threads"));

    /// <summary>Loads a model file.</summary>
    /// <param name="path">A model file of this library; see <see cref="FcnNetwork.Load(string)"/>.</param>
    /// <param name="device">As for the constructor; it is looked for before the file is read.</param>
    /// <param name="options">Null means the defaults.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="WeightFileException">
    /// The file is of another kind, damaged, no network of this library, or does not say how pictures are normalised and neither do the
    /// options.
    /// </exception>
    /// <inheritdoc cref="TorchEngine(FcnNetwork, string, TorchEngineOptions?)" path="/exception"/>
    public static TorchEngine Load(string path, string device = "cpu", TorchEngineOptions? options = null)
    {
        var found = TorchDevice.Find(device);
        options ??= new TorchEngineOptions();
        var network = FcnNetwork.Load(path);
        return network.Card.Normalization is null && options.Normalization is null
            ? throw new WeightFileException(
                path,
                "does not say how pictures are normalised.",
                $"Set {nameof(TorchEngineOptions)}.{nameof(TorchEngineOptions.Normalization)}, " +
                $"for example to {nameof(Normalization)}.{nameof(Normalization.ImageNet)}, or write mean and std into its metadata.")
            : new TorchEngine(network, found, options);
    }

    /// <inheritdoc/>
    /// <exception cref="TorchDeviceException">The device ran out of memory, or stopped working.</exception>
    public ScoreMap Score(RgbImage picture, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        EngineGuard.ThrowIfAnswerTooLarge(picture.Width, picture.Height, NumClasses);
        var scores = Run(picture, TensorClassifier.ToScoreMap, cancellationToken);
        EngineGuard.RefuseOverflow(scores);
        return scores;
    }

    /// <inheritdoc/>
    /// <exception cref="TorchDeviceException">The device ran out of memory, or stopped working.</exception>
    public Classification Classify(RgbImage picture, ClassificationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        EngineGuard.ThrowIfAnswerTooLarge(request, NumClasses);
        return Run(picture, scores => TensorClassifier.Classify(scores, request, cancellationToken), cancellationToken);
    }

    /// <summary>Frees the weights, on the device too.</summary>
    public void Dispose()
    {
        if (!disposed)
        {
            disposed = true;
            module.Dispose();
            pictures.Dispose();
            turn.Dispose();
        }
    }

    private T Run<T>(RgbImage picture, Func<Tensor, T> answer, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        turn.Wait(cancellationToken);
        try
        {
            return device.Run(() =>
            {
                using var scope = NewDisposeScope();
                using var untracked = inference_mode();

                var input = pictures.From(picture).to(options.HalfPrecision ? ScalarType.Float16 : ScalarType.Float32);
                cancellationToken.ThrowIfCancellationRequested();

                var scores = module.call(input).to(ScalarType.Float32);
                cancellationToken.ThrowIfCancellationRequested();

                return answer(scores);
            });
        }
        finally
        {
            turn.Release();
        }
    }
}
