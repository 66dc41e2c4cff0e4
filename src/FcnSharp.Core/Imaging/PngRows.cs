namespace FcnSharp.Imaging;

/// <summary>Converts a PNG's inflated rows to one byte per pixel: filters, bit depths, interlacing.</summary>
/// <remarks>Sections 7 to 9 of the PNG specification, https://www.w3.org/TR/png.</remarks>
internal static class PngRows
{
    /// <summary>Column start, row start, column step and row step of Adam7's seven passes.</summary>
    private static readonly (int X, int Y, int StepX, int StepY)[] Adam7 =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    private static readonly (int X, int Y, int StepX, int StepY)[] RowByRow = [(0, 0, 1, 1)];

    /// <summary>Reads exactly the pixels that the header states.</summary>
    /// <exception cref="EndOfStreamException">The data ends early.</exception>
    /// <exception cref="InvalidDataException">A row has an unknown filter.</exception>
    public static byte[] Read(Stream data, PngHeader header)
    {
        var pixels = new byte[header.Width * header.Height];
        foreach (var (left, top, stepX, stepY) in header.Interlaced ? Adam7 : RowByRow)
        {
            if (left >= header.Width)
            {
                continue;
            }

            var columns = ((header.Width - left - 1) / stepX) + 1;
            var row = new byte[header.RowBytes(columns)];
            var above = new byte[row.Length];
            for (var y = top; y < header.Height; y += stepY)
            {
                var filter = data.ReadByte();
                data.ReadExactly(row);
                Unfilter(filter, row, above);
                Unpack(row, header.Bits, pixels.AsSpan((y * header.Width) + left), columns, stepX);
                (row, above) = (above, row);
            }
        }

        return pixels;
    }

    private static void Unfilter(int filter, Span<byte> row, ReadOnlySpan<byte> above)
    {
        byte left = 0;
        byte aboveLeft = 0;
        switch (filter)
        {
            case 0:
                return;
            case 1:
                for (var i = 0; i < row.Length; i++)
                {
                    row[i] = left = (byte)(row[i] + left);
                }

                return;
            case 2:
                for (var i = 0; i < row.Length; i++)
                {
                    row[i] += above[i];
                }

                return;
            case 3:
                for (var i = 0; i < row.Length; i++)
                {
                    row[i] = left = (byte)(row[i] + ((left + above[i]) >> 1));
                }

                return;
            case 4:
                for (var i = 0; i < row.Length; i++)
                {
                    row[i] = left = (byte)(row[i] + Paeth(left, above[i], aboveLeft));
                    aboveLeft = above[i];
                }

                return;
            case < 0:
                throw new EndOfStreamException("The pixel data ends before a row.");
            default:
                throw new InvalidDataException("The pixel data has a row with an unknown filter.");
        }
    }

    private static byte Paeth(byte left, byte above, byte aboveLeft)
    {
        var estimate = left + above - aboveLeft;
        var (toLeft, toAbove, toAboveLeft) =
            (Math.Abs(estimate - left), Math.Abs(estimate - above), Math.Abs(estimate - aboveLeft));
        if (toLeft <= toAbove && toLeft <= toAboveLeft)
        {
            return left;
        }

        return toAbove <= toAboveLeft ? above : aboveLeft;
    }

    private static void Unpack(ReadOnlySpan<byte> row, int bits, Span<byte> pixels, int columns, int step)
    {
        if (bits == 8 && step == 1)
        {
            row.CopyTo(pixels);
            return;
        }

        var mask = (1 << bits) - 1;
        for (var i = 0; i < columns; i++)
        {
            var bit = (long)i * bits;
            pixels[i * step] = (byte)((row[(int)(bit >> 3)] >> (8 - bits - (int)(bit & 7))) & mask);
        }
    }
}
