using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using FcnSharp.Support;

namespace FcnSharp.Imaging;

/// <summary>Reads the raw values of indexed and grey PNGs, which picture decoders convert to colours. The file is not trusted.</summary>
internal sealed class PngReader : IDisposable
{

    // Deflate expands at most 2 bits to 258 bytes.
    private const long BestRatio = 1032;

    private readonly string name;
    private readonly MemoryStream compressed = new();
    private PngHeader? header;

    private PngReader(string name) => this.name = name;

    /// <summary>Reads a whole file in memory.</summary>
    /// <exception cref="ImageFileException">See <see cref="LabelMap.Load(string, DecodeOptions?)"/>.</exception>
    public static LabelMap Read(ReadOnlySpan<byte> file, DecodeOptions options, string name)
    {
        if (!file.StartsWith(PngWriter.Signature))
        {
            throw file.IsEmpty
                ? new ImageFileException(name, "is empty (0 bytes).", ImageDecoder.CopyAgain)
                : new ImageFileException(
                    name, "is not a PNG.", "Label maps are indexed or grey PNGs; other formats do not keep class ids.");
        }

        using var reader = new PngReader(name);
        reader.ReadChunks(file[PngWriter.Signature.Length..], options);
        return reader.Inflate();
    }

    /// <summary>Frees the collected pixel data.</summary>
    public void Dispose() => compressed.Dispose();

    private void ReadChunks(ReadOnlySpan<byte> rest, DecodeOptions options)
    {
        var ended = false;
        while (!ended)
        {
            if (rest.Length < 12 || BinaryPrimitives.ReadUInt32BigEndian(rest) > rest.Length - 12)
            {
                throw Damaged("ends in the middle of a chunk");
            }

            var length = BinaryPrimitives.ReadInt32BigEndian(rest);
            var type = rest.Slice(4, 4);
            var data = rest.Slice(8, length);
            if (Crc32.HashToUInt32(rest.Slice(4, length + 4)) != BinaryPrimitives.ReadUInt32BigEndian(rest[(length + 8)..]))
            {
                throw Damaged("has a chunk with a wrong checksum");
            }

            ended = TakeChunk(type, data, options);
            rest = rest[(length + 12)..];
        }
    }

    /// <returns>Whether this was the last chunk.</returns>
    private bool TakeChunk(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data, DecodeOptions options)
    {
        if (type.SequenceEqual("IHDR"u8) != header is null)
        {
            throw Damaged("does not start with one header");
        }

        if (type.SequenceEqual("IHDR"u8))
        {
            header = PngHeader.Parse(data, name);
            options.CheckSize(header.Value.Width, header.Value.Height, name);
        }
        else if (type.SequenceEqual("IDAT"u8))
        {
            compressed.Write(data);
        }
        else if (char.IsAsciiLetterUpper((char)type[0]) && !type.SequenceEqual("PLTE"u8) && !type.SequenceEqual("IEND"u8))
        {
            throw Damaged($"has an unknown chunk \"{FileText.Shown(Encoding.Latin1.GetString(type))}\"");
        }

        return type.SequenceEqual("IEND"u8);
    }

    private LabelMap Inflate()
    {
        var (width, height) = (header!.Value.Width, header.Value.Height);
        if ((long)header.Value.RowBytes(width) * height > compressed.Length * BestRatio)
        {
            throw Damaged(Guard.Text($"has too little data for {width}x{height} pixels"));
        }

        compressed.Position = 0;
        using var zlib = new ZLibStream(compressed, CompressionMode.Decompress);
        try
        {
            var labels = PngRows.Read(zlib, header.Value);
            if (zlib.ReadByte() >= 0)
            {
                throw Damaged(Guard.Text($"has more data than {width}x{height} pixels take"));
            }

            return new LabelMap(labels, width, height);
        }
        catch (Exception exception) when (exception is InvalidDataException or (IOException and not ImageFileException))
        {
            throw Damaged("has damaged or incomplete pixel data", exception);
        }
    }

    private ImageFileException Damaged(string what, Exception? cause = null) => new(name, $"{what}.", ImageDecoder.CopyAgain, cause);
}
