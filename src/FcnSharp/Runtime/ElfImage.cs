using System.Buffers.Binary;
using System.Text;

namespace FcnSharp.Runtime;

/// <summary>Reads a 64-bit little-endian ELF file in memory. Every offset is checked, since the file may be damaged.</summary>
internal readonly ref struct ElfImage
{
    private const int HeaderSize = 64;
    private const int SectionHeaderSize = 64;

    private readonly ReadOnlySpan<byte> bytes;

    /// <exception cref="InvalidDataException">The bytes are not a 64-bit little-endian ELF file.</exception>
    public ElfImage(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> elf64LittleEndian = [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1];
        if (bytes.Length < HeaderSize || !bytes.StartsWith(elf64LittleEndian))
        {
            throw new InvalidDataException("This is not a 64-bit little-endian ELF file.");
        }

        this.bytes = bytes;
    }

    /// <summary>Finds the first section of a type (an <c>SHT_</c> number).</summary>
    /// <exception cref="InvalidDataException">The section table is damaged.</exception>
    public ElfSection? FindSection(uint type)
    {
        int count = ReadUInt16(0x3C);
        for (var index = 0; index < count; index++)
        {
            if (ReadUInt32(SectionHeader(index) + 4) == type)
            {
                return Section(index);
            }
        }

        return null;
    }

    /// <summary>Reads section number <paramref name="index"/> and checks that its content is inside the file.</summary>
    /// <exception cref="InvalidDataException">There is no such section, or it extends beyond the end of the file.</exception>
    public ElfSection Section(long index)
    {
        if (index >= ReadUInt16(0x3C))
        {
            throw new InvalidDataException("The ELF file is damaged: a section is missing.");
        }

        var header = SectionHeader(index);
        var section = new ElfSection(ReadOffset(header + 0x18), ReadOffset(header + 0x20), ReadUInt32(header + 0x28));
        return section.Offset + section.Size <= bytes.Length ? section : throw BeyondTheEnd();
    }

    public ushort ReadUInt16(long offset) => BinaryPrimitives.ReadUInt16LittleEndian(Slice(offset, sizeof(ushort)));

    public uint ReadUInt32(long offset) => BinaryPrimitives.ReadUInt32LittleEndian(Slice(offset, sizeof(uint)));

    /// <summary>Reads the zero-terminated name at <paramref name="offset"/> of a string table.</summary>
    public string ReadName(ElfSection strings, long offset)
    {
        var rest = offset < strings.Size ? Slice(strings.Offset + offset, (int)(strings.Size - offset)) : throw BeyondTheEnd();
        var length = rest.IndexOf((byte)0);
        return length >= 0 ? Encoding.ASCII.GetString(rest[..length]) : throw BeyondTheEnd();
    }

    private static InvalidDataException BeyondTheEnd() =>
        new("The ELF file is damaged: an offset points beyond the end of its table.");

    private long SectionHeader(long index)
    {
        if (ReadUInt16(0x3A) != SectionHeaderSize)
        {
            throw new InvalidDataException("The ELF file is damaged: its section headers have an unknown size.");
        }

        return ReadOffset(0x28) + (index * SectionHeaderSize);
    }

    // An offset beyond 2 GiB cannot be in a span, so int is wide enough, and the sum of two offsets never overflows a long.
    private int ReadOffset(long offset)
    {
        var value = BinaryPrimitives.ReadUInt64LittleEndian(Slice(offset, sizeof(ulong)));
        return value <= int.MaxValue ? (int)value : throw BeyondTheEnd();
    }

    private ReadOnlySpan<byte> Slice(long offset, int length) =>
        offset >= 0 && offset + length <= bytes.Length ? bytes.Slice((int)offset, length) : throw BeyondTheEnd();
}

/// <summary>The location of a section of an ELF file.</summary>
/// <param name="Offset">Offset of the first byte in the file.</param>
/// <param name="Size">Length in bytes.</param>
/// <param name="Link">Number of the section that it refers to: for the tables read here, their string table.</param>
internal sealed record ElfSection(long Offset, long Size, uint Link)
{
    public long End => Offset + Size;
}
