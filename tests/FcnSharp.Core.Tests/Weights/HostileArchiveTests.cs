using System.Buffers.Binary;
using System.Text;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Weights;

/// <summary>Zip archives whose directories state more data than the file has.</summary>
[Collection(Alone.Name)]
public class HostileArchiveTests
{
    [Fact]
    public void Load_EntriesThatShareTheirBytes_AreRefused()
    {
        var entries = Enumerable.Range(0, 5_000).Select(i => Central($"archive/data/{i}", size: 1 << 20, offset: 0));

        Assert.Contains("starts within another entry", Refusal.OfCheckpoint(Archive(new byte[2 << 20], entries)));
    }

    [Fact]
    public void Load_EntriesThatOverlapByAByte_AreRefused()
    {
        byte[][] entries = [Central("archive/data.pkl", size: 100, offset: 0), Central("archive/data/0", size: 100, offset: 129)];

        Assert.Contains("archive/data/0 starts within another entry", Refusal.OfCheckpoint(Archive(new byte[1000], entries)));
    }

    [Fact]
    public void Load_ADirectoryFullOfEntries_IsRefused()
    {
        var entries = Enumerable.Range(0, 70_000).Select(i => Central($"{i}", size: 0, offset: 30 * i));

        Assert.Contains("has 0 pickles called data.pkl", Refusal.OfCheckpoint(Archive(new byte[3 << 20], entries)));
    }

    [Fact]
    public void Load_ALongNameGivenTwice_IsRefusedInAShortLine()
    {
        var entry = Central(new string('\u0007', 60_000), size: 0, offset: 0);

        Assert.Contains("two entries called ????", Refusal.OfCheckpoint(Archive(new byte[100], [entry, entry])));
    }

    private static byte[] Archive(byte[] data, IEnumerable<byte[]> entries)
    {
        byte[] directory = [.. entries.SelectMany(entry => entry)];
        var end = new byte[22];
        "PK\u0005\u0006"u8.CopyTo(end);
        BinaryPrimitives.WriteInt32LittleEndian(end.AsSpan(12), directory.Length);
        BinaryPrimitives.WriteInt32LittleEndian(end.AsSpan(16), data.Length);
        "PK\u0003\u0004"u8.CopyTo(data);
        return [.. data, .. directory, .. end];
    }

    private static byte[] Central(string name, int size, int offset)
    {
        var entry = new byte[46 + name.Length];
        "PK\u0001\u0002"u8.CopyTo(entry);
        BinaryPrimitives.WriteInt32LittleEndian(entry.AsSpan(20), size);
        BinaryPrimitives.WriteInt32LittleEndian(entry.AsSpan(24), size);
        BinaryPrimitives.WriteInt16LittleEndian(entry.AsSpan(28), (short)name.Length);
        BinaryPrimitives.WriteInt32LittleEndian(entry.AsSpan(42), offset);
        Encoding.ASCII.GetBytes(name, entry.AsSpan(46));
        return entry;
    }
}
