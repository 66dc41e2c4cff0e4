namespace FcnSharp.Torch;

/// <summary>A device cannot do the work: there is no such device, its memory is used up, or it stopped answering. The message is one
/// line, "<see cref="Device"/>: <see cref="Reason"/> <see cref="Remedy"/>".</summary>
public sealed class TorchDeviceException : InvalidOperationException
{
    internal TorchDeviceException(
        string device, string reason, string remedy, bool outOfMemory = false, Exception? innerException = null)
        : base($"{device}: {reason} {remedy}", innerException) =>
        (Device, Reason, Remedy, IsOutOfMemory) = (device, reason, remedy, outOfMemory);

    /// <summary>The device, such as <c>cuda:1</c>.</summary>
    public string Device { get; }

    /// <summary>What the device cannot do.</summary>
    public string Reason { get; }

    /// <summary>What to do.</summary>
    public string Remedy { get; }

    /// <summary>Whether the work was too large for the memory that is free; smaller work may still succeed.</summary>
    public bool IsOutOfMemory { get; }
}
