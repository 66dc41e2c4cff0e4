using FcnSharp.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FcnSharp.Models;

/// <summary>What every network of this library is as a TorchSharp module, whichever variant: pictures in, scores out.</summary>
/// <remarks>Not thread-safe: give each thread its own model, or serialise the calls.</remarks>
public abstract class FcnModule : Module<Tensor, Tensor>
{
    private protected FcnModule(string name, NetworkOptions options)
        : base(name) => Options = options;

    /// <summary>What this network was built from: <see cref="FcnOptions"/>, or <see cref="DilatedFcnOptions"/> for
    /// <see cref="FCNResNet"/>.</summary>
    public NetworkOptions Options { get; }

    /// <summary>Builds a network of any variant with random weights, in training mode, on the CPU.</summary>
    /// <param name="options">They decide the variant.</param>
    /// <param name="learning">Dropout, upsampling, frozen norms; null means the defaults.</param>
    /// <exception cref="ArgumentException">The options contradict each other, or are those of a network that was read from an ONNX file,
    /// for which there is no module.</exception>
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
    /// <param name="network">Its card stays behind; see <see cref="ToNetwork"/>.</param>
    /// <param name="learning">For training it further; null means the defaults.</param>
    /// <exception cref="ArgumentException">The network was read from an ONNX file, and there is no module for it.</exception>
    public static FcnModule From(FcnNetwork network, FcnLearningOptions? learning = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        return StateDictTransfer.Loaded(Create(network.Options, learning), network);
    }

    /// <summary>Scores every class at every pixel.</summary>
    /// <param name="images">(N, 3, H, W) floats, normalised as the weights expect. Any H and W from 1 up.</param>
    /// <returns>(N, NumClasses, H, W) raw scores (logits, no softmax). The caller disposes it.</returns>
    /// <exception cref="ArgumentException"><paramref name="images"/> is not a float batch of 3-channel images.</exception>
    public abstract override Tensor forward(Tensor images);

    /// <summary>Copies the tensors out, from whatever device and precision, for saving or for an engine. An auxiliary head stays
    /// behind.</summary>
    /// <param name="card">What is known of the network besides; null means nothing.</param>
    /// <exception cref="ArgumentException">The card names another number of classes than the network scores.</exception>
    public FcnNetwork ToNetwork(ModelCard? card = null) => StateDictTransfer.ToNetwork(this, Options, card);
}
