namespace FcnSharp.Runtime;

/// <summary>The symbol versions that an ELF library requires from other libraries: its section <c>.gnu.version_r</c>.</summary>
/// <remarks>
/// The section is a chain of <c>Verneed</c> records, one for each needed library, and each of them starts a chain of
/// <c>Vernaux</c> records, one for each version. The dynamic loader refuses a library with an unmet version unless that
/// record carries the flag VER_FLG_WEAK.
/// </remarks>
internal static class ElfVersionNeeds
{
    private const uint DynamicSymbols = 11;
    private const uint VersionNeeds = 0x6ffffffe;
    private const uint VersionIndices = 0x6fffffff;
    private const int RecordSize = 16;
    private const int SymbolSize = 24;
    private const byte WeakFlag = 2;
    private const ushort IndexMask = 0x7fff;

    /// <summary>Makes a required symbol version optional, so that the library also loads on systems without it.</summary>
    /// <param name="library">The whole file. One bit of it is changed, and none if the method throws or returns false.</param>
    /// <param name="version">The version to make optional, as in <c>GLIBCXX_3.4.32</c>.</param>
    /// <param name="marker">The only symbol that may have the version, which no code calls.</param>
    /// <returns>Whether the library requires the version.</returns>
    /// <exception cref="InvalidDataException">The file is damaged, or other symbols have the version too and would be missing.</exception>
    public static bool Weaken(Span<byte> library, string version, string marker)
    {
        var image = new ElfImage(library);
        if (FindRecord(image, version) is not { } record)
        {
            return false;
        }

        var index = (ushort)(image.ReadUInt16(record + 6) & IndexMask);
        RequireOnlyTheMarker(image, index, version, marker);

        var flags = (int)record + 4;
        library[flags] |= WeakFlag;
        return true;
    }

    /// <summary>Finds the offset of the <c>Vernaux</c> record of <paramref name="version"/>.</summary>
    private static long? FindRecord(ElfImage image, string version)
    {
        if (image.FindSection(VersionNeeds) is not { } section)
        {
            return null;
        }

        var names = image.Section(section.Link);
        for (long? needed = section.Offset; needed is { } library; needed = Next(image, section, library))
        {
            var first = Inside(section, library + image.ReadUInt32(library + 8));
            for (long? asked = first; asked is { } record; asked = Next(image, section, record))
            {
                if (image.ReadName(names, image.ReadUInt32(record + 8)) == version)
                {
                    return record;
                }
            }
        }

        return null;
    }

    /// <summary>Follows a chain; both kinds of record have the distance to the next record at byte 12. Only forward steps inside the
    /// section are allowed, so damaged chains end too.</summary>
    private static long? Next(ElfImage image, ElfSection section, long record)
    {
        var distance = image.ReadUInt32(record + 12);
        return distance == 0 ? null : distance >= RecordSize ? Inside(section, record + distance) : throw Damaged();
    }

    private static long Inside(ElfSection section, long record) =>
        record + RecordSize <= section.End ? record : throw Damaged();

    private static void RequireOnlyTheMarker(ElfImage image, ushort index, string version, string marker)
    {
        var symbols = image.FindSection(DynamicSymbols) ?? throw Damaged();
        var indices = image.FindSection(VersionIndices) ?? throw Damaged();
        var names = image.Section(symbols.Link);

        for (long symbol = 0; symbol < indices.Size / sizeof(ushort); symbol++)
        {
            if ((image.ReadUInt16(indices.Offset + (symbol * sizeof(ushort))) & IndexMask) != index)
            {
                continue;
            }

            var name = image.ReadName(names, image.ReadUInt32(symbols.Offset + (symbol * SymbolSize)));
            if (name != marker)
            {
                throw new InvalidDataException($"The library needs {name} of version {version}, so that version cannot be made optional.");
            }
        }
    }

    private static InvalidDataException Damaged() => new("The ELF file is damaged: its symbol versions cannot be read.");
}
