using System.Buffers.Binary;
using FcnSharp.Tests.Support;
using FcnSharp.Training;
using FcnSharp.Training.Reports;
using Tensorboard;

namespace FcnSharp.Torch.Tests.Training.Reports;

public sealed class EventFileTests
{
    [Fact]
    public void Add_ScalarAndPicture_AreReadByTensorBoardsOwnMessages()
    {
        using var folder = new TempFolder();
        byte[] png = [1, 2, 3];

        using (var file = new EventFile(folder["events"], step: 0))
        {
            file.AddScalar("training/loss", 300, 0.25);
            file.AddPicture("predictions/street", 301, png, 6, 4);
        }

        var events = Read(folder["events"]);
        Assert.Equal("brain.Event:2", events[0].FileVersion);
        Assert.Equal(
            (300, "training/loss", 0.25f), (events[1].Step, events[1].Summary.Value[0].Tag, events[1].Summary.Value[0].SimpleValue));
        var image = events[2].Summary.Value[0].Image;
        Assert.Equal((301, 6, 4, 3), (events[2].Step, image.Width, image.Height, image.Colorspace));
        Assert.Equal(png, image.EncodedImageString.ToByteArray());
        Assert.All(events, item => Assert.InRange(item.WallTime, 1.6e9, 1e11));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(299, 1)]
    [InlineData(300, 2)]
    [InlineData(1000, 3)]
    public void Open_AgainAtAStep_KeepsWhatIsNotLaterAndWhole(long step, int kept)
    {
        using var folder = new TempFolder();
        using (var file = new EventFile(folder["events"], step: 0))
        {
            file.AddScalar("loss", 300, 1);
            file.AddScalar("loss", 400, 2);
            file.AddScalar("loss", 500, 3);
        }

        File.WriteAllBytes(folder["events"], File.ReadAllBytes(folder["events"])[..^5]);
        using (var file = new EventFile(folder["events"], step))
        {
            file.AddScalar("loss", 2000, 4);
        }

        var events = Read(folder["events"]);
        Assert.Equal(kept + 1, events.Count);
        Assert.Equal(2000, events[^1].Step);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    [InlineData((1L << 26) + 1)]
    public void Open_ARecordOfALengthThatNoRunWrites_IsRefusedAndLeftAsItIs(long length)
    {
        using var folder = new TempFolder();
        new EventFile(folder["events"], step: 0).Dispose();
        var start = new FileInfo(folder["events"]).Length;
        var head = new byte[12];
        BinaryPrimitives.WriteInt64LittleEndian(head, length);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(8), MaskedChecksum(head.AsSpan(0, 8)));
        byte[] file = [.. File.ReadAllBytes(folder["events"]), .. head, .. new byte[100]];
        File.WriteAllBytes(folder["events"], file);

        var error = Assert.Throws<TrainingException>(() => new EventFile(folder["events"], step: 10));

        Assert.StartsWith($"{folder["events"]}: is not the event file", error.Message);
        Assert.Contains($"no record at byte {start}", error.Message);
        Assert.Equal(file, File.ReadAllBytes(folder["events"]));
    }

    [Fact]
    public void Open_ALongRecord_IsPassedWithoutBeingHeld()
    {
        using var folder = new TempFolder();
        using (var file = new EventFile(folder["events"], step: 0))
        {
            file.AddPicture("large", 5, new byte[40_000_000], 1, 1);
        }

        var length = new FileInfo(folder["events"]).Length;
        var before = GC.GetAllocatedBytesForCurrentThread();
        new EventFile(folder["events"], step: 5).Dispose();

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
        Assert.Equal(length, new FileInfo(folder["events"]).Length);
    }

    private static List<Event> Read(string path)
    {
        var events = new List<Event>();
        for (var rest = File.ReadAllBytes(path).AsMemory(); rest.Length > 0;)
        {
            var length = (int)BinaryPrimitives.ReadInt64LittleEndian(rest.Span);
            Assert.Equal(MaskedChecksum(rest.Span[..8]), BinaryPrimitives.ReadUInt32LittleEndian(rest.Span[8..]));
            var data = rest.Slice(12, length);
            Assert.Equal(MaskedChecksum(data.Span), BinaryPrimitives.ReadUInt32LittleEndian(rest.Span[(12 + length)..]));
            events.Add(Event.Parser.ParseFrom(data.ToArray()));
            rest = rest[(16 + length)..];
        }

        return events;
    }

    /// <summary>CRC-32C bit by bit, by its reversed polynomial.</summary>
    private static uint MaskedChecksum(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0x82F63B78);
            }
        }

        crc = ~crc;
        return unchecked(((crc >> 15) | (crc << 17)) + 0xA282EAD8);
    }
}
