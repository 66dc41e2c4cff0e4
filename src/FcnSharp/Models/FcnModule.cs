using FcnSharp.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FcnSharp.Models;

/// <summary>The base class of this library's TorchSharp modules: pictures in, scores out.</summary>
/// <remarks>Not thread-safe: give each thread its own model, or serialise the calls.</remarks>
public abstract class FcnModule : Module<Tensor, Tensor>
{
    private protected FcnModule(string name, NetworkOptions options)
        : base(name) => Options = options;

    /// <summary>The structure of the network: <see cref="FcnOptions"/>, or <see cref="DilatedFcnOptions"/> for
    /// <see cref="FCNResNet"/>.</summary>
    public NetworkOptions Options { get; }

    /// <summary>Builds a network of any variant with random weights, in training mode, on the CPU.</summary>
    /// <param name="options">The structure of the network; it determines the variant.</param>
    /// <param name="learning">Dropout, upsampling, frozen norms; null means the defaults.</param>
    /// <exception cref="ArgumentException">The options contradict each other, or are <see cref="GraphOptions"/>, for which there is no
    /// module.</exception>
    public static FcnModule Create(NetworkOptions options, FcnLearningOptions? learning = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options switch
        {
            FcnOptions { Variant: FcnVariant.Fcn4s } fcn => new FCN4s(fcn, learning),
            FcnOptions { Variant: FcnVariant.Fcn8s } fcn => new FCN8s(fcn, learning),
            FcnOptions { Variant: FcnVariant.Fcn16s } fcn => new FCN16s(fcn, learning),
            FcnOptions fcn => new FCN32s(fcn, learning),
            DilatedFcnOptions dilated => new FCNResNet(dilated, learning),
            _ => throw new ArgumentException(
                $"There is no TorchSharp module for a {options.Kind} of an ONNX file. CpuEngine runs it; to train, start from a network " +
                "of this library.", nameof(options)),
        };
    }

    /// <summary>Builds a network of any variant with the weights of <paramref name="network"/>, in evaluation mode, on the CPU.</summary>
    /// <param name="network">The network. Its card is not kept; see <see cref="ToNetwork"/>.</param>
    /// <param name="learning">Options for further training; null means the defaults.</param>
    /// <exception cref="ArgumentException">The network has <see cref="GraphOptions"/>, for which there is no module.</exception>
    public static FcnModule From(FcnNetwork network, FcnLearningOptions? learning = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        return StateDictTransfer.Loaded(Create(network.Options, learning), network);
    }

    /// <summary>Scores every class at every pixel.</summary>
    /// <param name="images">(N, 3, H, W) floats, normalised as the weights expect; H and W are at least 1.</param>
    /// <returns>(N, NumClasses, H, W) raw scores (logits, no softmax). The caller disposes it.</returns>
    /// <exception cref="ArgumentException"><paramref name="images"/> is not a float batch of 3-channel images.</exception>
    public abstract override Tensor forward(Tensor images);

    /// <summary>Copies the tensors, from any device and precision, to a network for saving or for an engine. An auxiliary head is not
    /// copied.</summary>
    /// <param name="card">The card of the network; null means an empty card.</param>
    /// <exception cref="ArgumentException">The card names another number of classes than the network scores.</exception>
    public FcnNetwork ToNetwork(ModelCard? card = null) => StateDictTransfer.ToNetwork(this, Options, card);
}
