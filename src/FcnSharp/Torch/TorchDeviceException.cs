namespace FcnSharp.Torch;

/// <summary>A device cannot do the work: there is no such device, its memory is used up, or it stopped answering. The message says what to
/// do.</summary>
public sealed class TorchDeviceException : InvalidOperationException
{
    internal TorchDeviceException(string device, string reason, bool outOfMemory = false, Exception? innerException = null)
        : base($"{device}: {reason}", innerException) =>
        (Device, IsOutOfMemory) = (device, outOfMemory);

    /// <summary>The device, such as <c>cuda:1</c>.</summary>
    public string Device { get; }

    /// <summary>Whether the work was too large for the memory that is free; smaller work may still succeed.</summary>
    public bool IsOutOfMemory { get; }
}
