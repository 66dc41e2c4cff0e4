using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace FcnSharp.Fuzz.Generators;

/// <summary>Zip archives of stored entries, as torch.save writes them.</summary>
internal static class ZipGrammar
{
    private const uint InWideField = uint.MaxValue;

    public static byte[] Write(Dice dice, IReadOnlyList<(string Name, byte[] Data)> entries)
    {
        using var file = new MemoryStream();
        using var directory = new MemoryStream();
        using var to = new BinaryWriter(file);
        using var toDirectory = new BinaryWriter(directory);
        var isWide = dice.OneIn(4);
        foreach (var (name, data) in entries)
        {
            var at = (uint)file.Length;
            var bytes = Encoding.UTF8.GetBytes(dice.Text(name));
            var checksum = dice.Odd() ? (uint)dice.Next() : Crc32.HashToUInt32(data);
            var method = (ushort)(dice.Odd() ? dice.Pick(8, 12, 99) : 0);
            WriteLocal(dice, to, bytes, data, checksum, method);
            for (var copies = dice.Odd() ? 2 : 1; copies > 0; copies--)
            {
                WriteCentral(dice, toDirectory, bytes, (uint)data.Length, checksum, method, at, isWide);
            }
        }

        WriteEnd(dice, to, directory.ToArray(), entries.Count, isWide);
        return file.ToArray();
    }

    /// <summary>Corrects the checksum of every entry that is at the offset stated in the directory.</summary>
    public static void Mend(byte[] file)
    {
        for (var at = 0; file.AsSpan(at).IndexOf("PK\u0001\u0002"u8) is var next and >= 0; at += next + 4)
        {
            var entry = file.AsSpan(at + next);
            if (entry.Length < 46)
            {
                return;
            }

            var size = BinaryPrimitives.ReadUInt32LittleEndian(entry[24..]);
            var local = BinaryPrimitives.ReadUInt32LittleEndian(entry[42..]);
            if (local + 30L <= file.Length)
            {
                var start = local + 30L + BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan((int)local + 26))
                    + BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan((int)local + 28));
                if (start + size <= file.Length)
                {
                    BinaryPrimitives.WriteUInt32LittleEndian(entry[16..], Crc32.HashToUInt32(file.AsSpan((int)start, (int)size)));
                }
            }
        }
    }

    private static void WriteLocal(Dice dice, BinaryWriter to, byte[] name, byte[] data, uint checksum, ushort method)
    {
        var padding = dice.Odd() ? dice.Size(3000) : dice.Below(64);
        to.Write(dice.Odd() ? (uint)dice.Next() : 0x04034B50);
        to.Write([20, 0, 0, 0]);
        to.Write(method);
        to.Write(0);
        to.Write(checksum);
        to.Write((uint)dice.Number(data.Length));
        to.Write((uint)dice.Number(data.Length));
        to.Write((ushort)dice.Number(name.Length));
        to.Write((ushort)dice.Number(padding));
        to.Write(name);
        to.Write(new byte[padding]);
        to.Write(data);
    }

    private static void WriteCentral(
        Dice dice, BinaryWriter to, byte[] name, uint size, uint checksum, ushort method, uint at, bool isWide)
    {
        to.Write(dice.Odd() ? (uint)dice.Next() : 0x02014B50);
        to.Write([20, 0, 20, 0, (byte)(dice.Odd() ? 1 : 0), 0]);
        to.Write(method);
        to.Write(0);
        to.Write(checksum);
        to.Write(isWide ? InWideField : (uint)dice.Number(size));
        to.Write(isWide ? InWideField : (uint)dice.Number(size));
        to.Write((ushort)dice.Number(name.Length));
        to.Write((ushort)dice.Number(isWide ? 28 : 0));
        to.Write((ushort)dice.Number(0));
        to.Write([0, 0, 0, 0, 0, 0, 0, 0]);
        to.Write(isWide ? InWideField : (uint)dice.Number(at));
        to.Write(name);
        if (isWide)
        {
            to.Write((ushort)dice.Number(1));
            to.Write((ushort)dice.Number(24));
            to.Write(dice.Number(size));
            to.Write(dice.Number(size));
            to.Write(dice.Number(at));
        }
    }

    private static void WriteEnd(Dice dice, BinaryWriter to, byte[] directory, int count, bool isWide)
    {
        var start = to.BaseStream.Length;
        to.Write(directory);
        var end = to.BaseStream.Length;
        if (isWide)
        {
            to.Write(dice.Odd() ? 0 : 0x06064B50);
            to.Write(44L);
            to.Write([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
            to.Write((long)count);
            to.Write((long)count);
            to.Write(dice.Number(directory.Length));
            to.Write(dice.Number(start));
            to.Write(0x07064B50);
            to.Write(0);
            to.Write(dice.Number(end));
            to.Write(1);
        }

        to.Write(dice.Odd() ? 0 : 0x06054B50);
        to.Write(0);
        to.Write((ushort)count);
        to.Write((ushort)dice.Number(count));
        to.Write(isWide ? InWideField : (uint)dice.Number(directory.Length));
        to.Write(isWide ? InWideField : (uint)dice.Number(start));
        var comment = dice.Odd() ? dice.Size(ushort.MaxValue) : 0;
        to.Write((ushort)dice.Number(comment));
        to.Write(new byte[comment]);
    }
}
