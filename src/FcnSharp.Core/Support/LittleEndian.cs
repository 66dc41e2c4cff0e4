using System.Buffers.Binary;

namespace FcnSharp.Support;

/// <summary>Converts numbers to little-endian bytes, whatever the machine's byte order.</summary>
internal static class LittleEndian
{
    private const int PieceLength = 1 << 14;

    /// <summary>Converts numbers to little-endian bytes, one piece at a time.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="take">Writes or hashes the bytes of a piece; the bytes are valid only during the call.</param>
    public static void Pieces(ReadOnlySpan<float> values, Action<ReadOnlySpan<byte>> take)
    {
        var piece = new byte[sizeof(float) * Math.Min(PieceLength, values.Length)];
        while (!values.IsEmpty)
        {
            var count = Math.Min(PieceLength, values.Length);
            for (var i = 0; i < count; i++)
            {
                BinaryPrimitives.WriteSingleLittleEndian(piece.AsSpan(sizeof(float) * i), values[i]);
            }

            take(piece.AsSpan(0, sizeof(float) * count));
            values = values[count..];
        }
    }
}
