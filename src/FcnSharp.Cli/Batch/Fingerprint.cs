using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace FcnSharp.Cli.Batch;

/// <summary>Short stand-ins for long things.</summary>
internal static class Fingerprint
{
    public static UInt128 Of(string text) => XxHash128.HashToUInt128(Encoding.UTF8.GetBytes(text));

    /// <summary>Of a path, so that two that are one file on this system are the same.</summary>
    public static UInt128 OfPath(string path) =>
        Of(OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? path.ToUpperInvariant() : path);

    public static UInt128 OfContent(string file)
    {
        using var stream = File.OpenRead(file);
        var hash = new XxHash128();
        hash.Append(stream);
        return hash.GetCurrentHashAsUInt128();
    }

    /// <summary>Of a picture as it is now, by its size in bytes and the time of its last change, and of how it is segmented.</summary>
    public static UInt128 OfPicture(string picture, UInt128 settings)
    {
        var file = new FileInfo(picture);
        if (file.LinkTarget is not null)
        {
            file = File.ResolveLinkTarget(picture, returnFinalTarget: true) as FileInfo ?? file;
        }

        var (length, changed) = file.Exists ? (file.Length, file.LastWriteTimeUtc.Ticks) : (-1, 0);
        Span<byte> bytes = stackalloc byte[32];
        BinaryPrimitives.WriteUInt128LittleEndian(bytes, settings);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], changed);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[24..], length);
        return XxHash128.HashToUInt128(bytes);
    }
}
