using FcnSharp.Imaging;
using FcnSharp.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace FcnSharp.Torch;

/// <summary>Converts pictures to network input: the bytes are copied to the device and normalised there.</summary>
internal sealed class PictureTensor : IDisposable
{
    private static readonly Scalar ByteMax = byte.MaxValue;

    private readonly Device device;
    private readonly Tensor mean, deviation;

    public PictureTensor(Normalization normalization, Device device)
    {
        using var scope = NewDisposeScope();
        this.device = device;
        mean = Channels(normalization.Mean);
        deviation = Channels(normalization.Deviation);
        scope.Detach(mean, deviation);

        Tensor Channels(ChannelValues values) => tensor(new[] { values.R, values.G, values.B }).reshape(1, 3, 1, 1).to(device);
    }

    /// <summary>(1, 3, Height, Width) floats on the device: (byte / 255 - mean) / deviation. In the caller's dispose scope.</summary>
    public Tensor From(RgbImage picture)
    {
        var bytes = empty(1, picture.Height, picture.Width, 3, dtype: ScalarType.Byte);
        picture.Pixels.Span.CopyTo(bytes.bytes);
        return bytes.to(device).permute(0, 3, 1, 2).to(ScalarType.Float32).div_(ByteMax).sub_(mean).div_(deviation);
    }

    public void Dispose()
    {
        mean.Dispose();
        deviation.Dispose();
    }
}
