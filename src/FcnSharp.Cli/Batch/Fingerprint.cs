using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using FcnSharp.Support;

namespace FcnSharp.Cli.Batch;

/// <summary>Hashes of paths and pictures.</summary>
internal static class Fingerprint
{
    public static UInt128 Of(string text) => XxHash128.HashToUInt128(Encoding.UTF8.GetBytes(text));

    /// <summary>The hash of a path; two paths of the same file on this system have the same hash.</summary>
    public static UInt128 OfPath(string path) =>
        Of(OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? path.ToUpperInvariant() : path);

    public static UInt128 OfContent(string file)
    {
        using var stream = File.OpenRead(file);
        var hash = new XxHash128();
        hash.Append(stream);
        return hash.GetCurrentHashAsUInt128();
    }

    /// <summary>The hash of a picture's current version, by its size in bytes and the time of its last change, and of the options of the
    /// segmentation.</summary>
    public static UInt128 OfPicture(string picture, UInt128 settings)
    {
        var (length, changed) = (-1L, 0L);
        try
        {
            var file = InputFile.Regular(picture);
            (length, changed) = (file.Length, file.LastWriteTimeUtc.Ticks);
        }
        catch (FileNotFoundException)
        {
            // A missing file is reported when it is read.
        }

        Span<byte> bytes = stackalloc byte[32];
        BinaryPrimitives.WriteUInt128LittleEndian(bytes, settings);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], changed);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[24..], length);
        return XxHash128.HashToUInt128(bytes);
    }
}
