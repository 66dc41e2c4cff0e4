using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using FcnSharp.Support;

namespace FcnSharp.Weights.Formats;

/// <summary>The directory of a zip archive (PKWARE's APPNOTE, sections 4.3 to 4.5), whose entries are read in place.</summary>
/// <remarks>PyTorch stores its archives uncompressed. Compressed entries are refused, so decompression bombs are impossible.</remarks>
internal sealed class ZipDirectory
{
    private const int EndBytes = 22;
    private const int MaxComment = ushort.MaxValue;
    private const int LocatorBytes = 20;
    private const int End64Bytes = 56;
    private const int CentralBytes = 46;
    private const int LocalBytes = 30;
    private const int MaxDirectoryBytes = 4 << 20;
    private const int Zip64Field = 1;

    private readonly Stream stream;
    private readonly Dictionary<string, ZipEntry> entries = new(StringComparer.Ordinal);
    private readonly HashSet<string> verified = new(StringComparer.Ordinal);

    private ZipDirectory(Stream stream) => this.stream = stream;

    public IReadOnlyCollection<ZipEntry> Entries => entries.Values;

    /// <exception cref="ContentException">The archive's directory is missing or damaged.</exception>
    public static ZipDirectory Read(Stream stream)
    {
        var directory = new ZipDirectory(stream);
        var (offset, size) = directory.FindCentral();
        if (offset < 0 || size < 0 || size > MaxDirectoryBytes || offset > stream.Length - size)
        {
            throw new ContentException($"the archive's directory of {size} bytes at byte {offset} does not fit the file or the limit " +
                $"of {MaxDirectoryBytes} bytes.");
        }

        directory.AddEntries(directory.ReadAt(offset, (int)size));
        directory.RefuseOverlaps();
        return directory;
    }

    public ZipEntry? Find(string name) => entries.GetValueOrDefault(name);

    /// <summary>Offset of an entry's bytes; the first call for an entry verifies its checksum.</summary>
    /// <exception cref="ContentException">The entry is compressed, outside the file or damaged.</exception>
    public long Locate(ZipEntry entry)
    {
        if (entry.Compressed)
        {
            throw new ContentException($"{FileText.Shown(entry.Name)} is compressed, which torch.save never does.",
                "Unpack the archive and pack it again without compression.");
        }

        var header = ReadAt(entry.HeaderOffset, LocalBytes);
        var start = entry.HeaderOffset + LocalBytes
            + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(26))
            + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(28));
        if (!header.AsSpan().StartsWith("PK\u0003\u0004"u8) || start > stream.Length - entry.Size)
        {
            throw new ContentException($"{FileText.Shown(entry.Name)} is listed at byte {entry.HeaderOffset} " +
            $"with {entry.Size} bytes, but is not there.");
        }

        if (verified.Add(entry.Name) && ChecksumOf(start, entry.Size) != entry.Checksum)
        {
            throw new ContentException($"{FileText.Shown(entry.Name)} is damaged: its checksum is wrong.");
        }

        return start;
    }

    /// <summary>All bytes of a small entry.</summary>
    public byte[] ReadAll(ZipEntry entry, int maxBytes)
    {
        var start = Locate(entry);
        return entry.Size <= maxBytes
            ? ReadAt(start, (int)entry.Size)
            : throw new ContentException($"{FileText.Shown(entry.Name)} has {entry.Size} bytes; at most {maxBytes} are read.");
    }

    private uint ChecksumOf(long start, long size)
    {
        var checksum = new Crc32();
        var buffer = new byte[(int)Math.Min(1 << 16, size)];
        stream.Position = start;
        for (var rest = size; rest > 0; rest -= buffer.Length)
        {
            var part = buffer.AsSpan(0, (int)Math.Min(buffer.Length, rest));
            stream.ReadExactly(part);
            checksum.Append(part);
        }

        return checksum.GetCurrentHashAsUInt32();
    }

    private (long Offset, long Size) FindCentral()
    {
        var tailLength = (int)Math.Min(stream.Length, EndBytes + MaxComment);
        var tail = ReadAt(stream.Length - tailLength, tailLength);
        var at = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (at < 0 || tail.Length - at < EndBytes)
        {
            throw new ContentException("the archive has no directory at its end: the file is truncated.");
        }

        var (size, offset) = (BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at + 12)),
            BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at + 16)));
        if (at < LocatorBytes || !tail.AsSpan(at - LocatorBytes).StartsWith("PK\u0006\u0007"u8))
        {
            return (offset, size);
        }

        var end64At = BinaryPrimitives.ReadInt64LittleEndian(tail.AsSpan(at - LocatorBytes + 8));
        var end64 = ReadAt(end64At, End64Bytes);
        return end64.AsSpan().StartsWith("PK\u0006\u0006"u8)
            ? (BinaryPrimitives.ReadInt64LittleEndian(end64.AsSpan(48)), BinaryPrimitives.ReadInt64LittleEndian(end64.AsSpan(40)))
            : throw new ContentException($"the archive's directory is not at byte {end64At}, where it should be.");
    }

    private void AddEntries(ReadOnlySpan<byte> central)
    {
        while (!central.IsEmpty)
        {
            if (central.Length < CentralBytes || !central.StartsWith("PK\u0001\u0002"u8))
            {
                throw new ContentException("the archive's directory is damaged.");
            }

            var nameLength = BinaryPrimitives.ReadUInt16LittleEndian(central[28..]);
            var extraLength = BinaryPrimitives.ReadUInt16LittleEndian(central[30..]);
            var length = CentralBytes + nameLength + extraLength + BinaryPrimitives.ReadUInt16LittleEndian(central[32..]);
            if (length > central.Length)
            {
                throw new ContentException("the archive's directory ends within an entry.");
            }

            var name = Encoding.UTF8.GetString(central.Slice(CentralBytes, nameLength));
            if (!entries.TryAdd(name, ReadEntry(name, central, central.Slice(CentralBytes + nameLength, extraLength))))
            {
                throw new ContentException($"the archive has two entries called {FileText.Shown(name)}.");
            }

            central = central[length..];
        }
    }

    /// <summary>Overlapping entries could make a short file expand to any size.</summary>
    private void RefuseOverlaps()
    {
        Int128 end = 0;
        foreach (var entry in entries.Values.Where(entry => !entry.Compressed).OrderBy(entry => entry.HeaderOffset))
        {
            if (entry.HeaderOffset < end)
            {
                throw new ContentException(
                    $"{FileText.Shown(entry.Name)} starts within another entry of the archive.");
            }

            end = (Int128)entry.HeaderOffset + LocalBytes + entry.Size;
        }
    }

    private static ZipEntry ReadEntry(string name, ReadOnlySpan<byte> central, ReadOnlySpan<byte> extra)
    {
        var (flags, method) = (
            BinaryPrimitives.ReadUInt16LittleEndian(central[8..]), BinaryPrimitives.ReadUInt16LittleEndian(central[10..]));
        var checksum = BinaryPrimitives.ReadUInt32LittleEndian(central[16..]);
        long size = BinaryPrimitives.ReadUInt32LittleEndian(central[24..]);
        long offset = BinaryPrimitives.ReadUInt32LittleEndian(central[42..]);

        // Numbers that do not fit 32 bits are all ones here and follow in an extra field, in this order: size, stored size, offset.
        var wide = FindZip64(extra);
        if (size == uint.MaxValue)
        {
            size = Next(name, ref wide);
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(central[20..]) == uint.MaxValue)
        {
            Next(name, ref wide);
        }

        if (offset == uint.MaxValue)
        {
            offset = Next(name, ref wide);
        }

        return size >= 0 && offset >= 0
            ? new ZipEntry(name, method != 0 || (flags & 1) != 0, size, offset, checksum)
            : throw new ContentException($"the archive's entry {FileText.Shown(name)} has {size} bytes at byte {offset}.");
    }

    private static long Next(string name, ref ReadOnlySpan<byte> wide)
    {
        if (wide.Length < sizeof(long))
        {
            throw new ContentException($"the archive's entry {FileText.Shown(name)} lacks its 64-bit sizes.");
        }

        var value = BinaryPrimitives.ReadInt64LittleEndian(wide);
        wide = wide[sizeof(long)..];
        return value;
    }

    private static ReadOnlySpan<byte> FindZip64(ReadOnlySpan<byte> extra)
    {
        while (extra.Length >= 4)
        {
            var (id, length) = (BinaryPrimitives.ReadUInt16LittleEndian(extra), BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]));
            if (length > extra.Length - 4)
            {
                break;
            }

            if (id == Zip64Field)
            {
                return extra.Slice(4, length);
            }

            extra = extra[(4 + length)..];
        }

        return [];
    }

    private byte[] ReadAt(long offset, int count)
    {
        if (offset < 0 || offset > stream.Length - count)
        {
            throw new EndOfStreamException();
        }

        var bytes = new byte[count];
        stream.Position = offset;
        stream.ReadExactly(bytes);
        return bytes;
    }
}

/// <summary>An entry of a zip archive.</summary>
/// <param name="Name">Its path in the archive.</param>
/// <param name="Compressed">Whether it is compressed or encrypted, so that its bytes cannot be read in place.</param>
/// <param name="Size">Uncompressed size in bytes.</param>
/// <param name="HeaderOffset">Offset of its local header, in bytes from the start of the file.</param>
/// <param name="Checksum">CRC-32 of its bytes.</param>
internal sealed record ZipEntry(string Name, bool Compressed, long Size, long HeaderOffset, uint Checksum);
