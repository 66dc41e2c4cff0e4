using System.Buffers.Binary;
using System.IO.Compression;
using FcnSharp.Imaging;

namespace FcnSharp.Tests.Imaging;

/// <summary>A PNG written from the specification: any colour type, bit depth, filter, interlaced or not.</summary>
internal sealed record TestPng(int Width, int Height, int Bits, PngColor Color)
{
    private static readonly (int X, int Y, int StepX, int StepY)[] Adam7 =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    public bool Interlaced { get; init; }

    public int Filter { get; init; }

    /// <summary>R, G, B of every colour.</summary>
    public byte[] Palette { get; init; } = [];

    /// <summary>Channel c of pixel (x, y), 0 to 2^Bits - 1.</summary>
    public required Func<int, int, int, int> Sample { get; init; }

    public int Channels => Color switch
    {
        PngColor.Rgb => 3,
        PngColor.Rgba => 4,
        PngColor.GrayAlpha => 2,
        _ => 1,
    };

    public byte[] ToBytes()
    {
        using var file = new MemoryStream();
        file.Write(PngWriter.Signature);
        PngWriter.WriteChunk(file, "IHDR"u8, Header());
        if (Palette.Length > 0)
        {
            PngWriter.WriteChunk(file, "PLTE"u8, Palette);
        }

        PngWriter.WriteChunk(file, "tEXt"u8, "Comment\0ancillary chunks are skipped"u8);
        var data = Data();
        PngWriter.WriteChunk(file, "IDAT"u8, data.AsSpan(0, data.Length / 2));
        PngWriter.WriteChunk(file, "IDAT"u8, data.AsSpan(data.Length / 2));
        PngWriter.WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    /// <summary>Only a signature and a header that claims this size.</summary>
    public static byte[] HeaderOnly(int width, int height, PngColor color = PngColor.Rgb)
    {
        using var file = new MemoryStream();
        file.Write(PngWriter.Signature);
        PngWriter.WriteChunk(file, "IHDR"u8, new TestPng(width, height, 8, color) { Sample = (_, _, _) => 0 }.Header());
        PngWriter.WriteChunk(file, "IDAT"u8, [0x78, 0x9C, 0x03, 0x00, 0x00, 0x00, 0x00, 0x01]);
        PngWriter.WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private byte[] Header()
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Height);
        (header[8], header[9], header[12]) = ((byte)Bits, (byte)Color, Interlaced ? (byte)1 : (byte)0);
        return header;
    }

    private byte[] Data()
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            foreach (var (left, top, stepX, stepY) in Interlaced ? Adam7 : [(0, 0, 1, 1)])
            {
                var columns = (Width - left + stepX - 1) / stepX;
                var above = new byte[((columns * Channels * Bits) + 7) / 8];
                for (var y = top; y < Height && columns > 0; y += stepY)
                {
                    var row = Pack(left, y, stepX, columns, above.Length);
                    zlib.WriteByte((byte)Filter);
                    zlib.Write(Filtered(row, above));
                    above = row;
                }
            }
        }

        return compressed.ToArray();
    }

    private byte[] Pack(int left, int y, int step, int columns, int length)
    {
        var row = new byte[length];
        for (var i = 0; i < columns * Channels; i++)
        {
            var value = Sample(left + (i / Channels * step), y, i % Channels);
            for (var bit = 0; bit < Bits; bit++)
            {
                var at = (i * Bits) + bit;
                row[at / 8] |= (byte)(((value >> (Bits - 1 - bit)) & 1) << (7 - (at % 8)));
            }
        }

        return row;
    }

    private byte[] Filtered(byte[] row, byte[] above)
    {
        var unit = Math.Max(1, Channels * Bits / 8);
        var filtered = new byte[row.Length];
        for (var i = 0; i < row.Length; i++)
        {
            var left = i < unit ? 0 : row[i - unit];
            var corner = i < unit ? 0 : above[i - unit];
            var guess = Filter switch
            {
                1 => left,
                2 => above[i],
                3 => (left + above[i]) / 2,
                4 => new[] { left, above[i], corner }.MinBy(value => Math.Abs(left + above[i] - corner - value)),
                _ => 0,
            };
            filtered[i] = (byte)(row[i] - guess);
        }

        return filtered;
    }
}
