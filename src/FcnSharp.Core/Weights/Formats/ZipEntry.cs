namespace FcnSharp.Weights.Formats;

/// <summary>A file in a zip archive, stored as it is.</summary>
/// <param name="Name">Its path in the archive.</param>
/// <param name="Compressed">Whether it is compressed, so that its bytes cannot be read in place.</param>
/// <param name="Size">Bytes.</param>
/// <param name="HeaderOffset">Where its local header starts, in bytes from the start of the file.</param>
/// <param name="Checksum">CRC-32 of its bytes.</param>
internal sealed record ZipEntry(string Name, bool Compressed, long Size, long HeaderOffset, uint Checksum);
