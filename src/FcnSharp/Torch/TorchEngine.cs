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
/// Thread-safe: the weights never change, and concurrent calls are serialised, so that the memory of only one picture is needed at a time.
/// The weights are copied to the device once; the bytes of a picture are copied to the device, and only the requested results are copied
/// back.
/// </remarks>
public sealed class TorchEngine : IFcnEngine
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly TorchDevice device;
    private readonly TorchEngineOptions options;
    private readonly Module<Tensor, Tensor> module;
    private readonly PictureTensor pictures;
    private bool disposed;

    /// <summary>Copies a network to a device and folds its batch normalisation; the engine keeps no reference to the network.</summary>
    /// <param name="network">The network; its card or the options have the normalisation.</param>
    /// <param name="device"><c>cpu</c>, <c>cuda</c> (the first CUDA device), or <c>cuda:1</c> and so on for one of several.</param>
    /// <param name="options">Null means the defaults.</param>
    /// <exception cref="ArgumentException">
    /// The device's name has another form, neither card nor options have a normalisation, or half precision is requested on the CPU or for
    /// weights beyond its range.
    /// </exception>
    /// <exception cref="LibtorchLoadException">There is no libtorch for TorchSharp to use.</exception>
    /// <exception cref="TorchDeviceException">This machine has no such device, or the device has not enough memory for the
    /// weights.</exception>
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
                $"Half precision requires a CUDA device, but the device is {device.Name}. " +
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
    /// <param name="device">As for the constructor; the device is checked before the file is read.</param>
    /// <param name="options">Null means the defaults.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="WeightFileException">
    /// The file is damaged, in another format, not a network of this library, or has no normalisation although the options have none
    /// either.
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
                "does not state the normalisation of its input.",
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

    /// <summary>Frees the weights, also on the device.</summary>
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
