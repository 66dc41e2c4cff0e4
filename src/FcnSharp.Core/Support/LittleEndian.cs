using System.Buffers.Binary;

namespace FcnSharp.Support;

/// <summary>Numbers as the bytes that files have on every machine.</summary>
internal static class LittleEndian
{
    private const int PieceLength = 1 << 14;

    /// <summary>Hands out numbers as little-endian bytes, a piece at a time.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="take">Writes or hashes the bytes of a piece; they are only there during the call.</param>
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
