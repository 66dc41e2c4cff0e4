namespace FcnSharp.Runtime;

/// <summary>Where a section of an ELF file lies.</summary>
/// <param name="Offset">Its first byte in the file.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="Link">The number of the section it refers to: for the tables read here, the one with their names.</param>
internal sealed record ElfSection(long Offset, long Size, uint Link)
{
    public long End => Offset + Size;
}
