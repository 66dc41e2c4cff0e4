namespace FcnSharp.Torch;

/// <summary>A device cannot be used: it does not exist, is out of memory, or stopped working. The message is one line,
/// "<see cref="Device"/>: <see cref="Reason"/> <see cref="Remedy"/>".</summary>
public sealed class TorchDeviceException : InvalidOperationException
{
    internal TorchDeviceException(
        string device, string reason, string remedy, bool outOfMemory = false, Exception? innerException = null)
        : base($"{device}: {reason} {remedy}", innerException) =>
        (Device, Reason, Remedy, IsOutOfMemory) = (device, reason, remedy, outOfMemory);

    /// <summary>The device, such as <c>cuda:1</c>.</summary>
    public string Device { get; }

    /// <summary>What is wrong, as a sentence.</summary>
    public string Reason { get; }

    /// <summary>What to do, as a sentence.</summary>
    public string Remedy { get; }

    /// <summary>Whether the free memory was too small; smaller pictures or batches may still succeed.</summary>
    public bool IsOutOfMemory { get; }
}
