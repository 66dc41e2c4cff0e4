using System.Text;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Weights;

/// <summary>Protocol buffers of a few megabytes that could cost much memory or time. Each is refused cheaply.</summary>
[Collection(Alone.Name)]
public class HostileCaffeTests
{
    private const int Million = 1_000_000;

    [Fact]
    public void Load_AShapeOfMillionsOfOnes_IsRefused()
    {
        Assert.Contains("more than 8 sizes", Refusal.OfCheckpoint(LayerWithBlob(Field(7, Field(1, Ones(4 * Million))))));
        Assert.Contains("more than 8 sizes", Refusal.OfCheckpoint(LayerWithBlob(Field(7, Many([0x08, 1], 2 * Million)))));
        Assert.Contains("more than 8 sizes", Refusal.OfCheckpoint(LayerWithBlob(Many([0x08, 1, 0x10, 1], Million))));
    }

    [Fact]
    public void Load_MillionsOfEmptyFields_AllocateNothing()
    {
        Assert.Contains("has two shapes", Refusal.OfCheckpoint(LayerWithBlob(Many([0x3A, 0], 2 * Million))));
        Assert.Contains("does not fit 0 bytes", Refusal.OfCheckpoint(LayerWithBlob(Field(7, Many([0x0A, 0], 2 * Million)))));
        Assert.Contains("no layer has weights", Refusal.OfCheckpoint(Field(100, Many([0x0A, 1, (byte)'n'], 2 * Million))));
        Assert.Contains("more than 10000 layers", Refusal.OfCheckpoint(Many([0xA2, 0x06, 0], Million)));
    }

    [Fact]
    public void Load_EndlessGroups_AreRefused() =>
        Assert.Contains("there is no valid field at byte", Refusal.OfCheckpoint(LayerWithBlob(Many([0x0B], 4 * Million))));

    [Theory]
    [InlineData("\u001b[2J")]
    [InlineData("a\nb")]
    public void Load_ANameThatIsNotPrintable_IsRefused(string name) =>
        Assert.Contains("printable characters", Refusal.OfCheckpoint(LayerWithBlob([], name)));

    [Fact]
    public void Load_TwoTensorsOfOneName_AreRefused() =>
        Assert.Contains("n.weight is listed twice", Refusal.OfCheckpoint([.. LayerWithBlob([]), .. LayerWithBlob([])]));

    /// <summary>A network of one layer with one blob, which has a number and no shape unless fields are added.</summary>
    private static byte[] LayerWithBlob(byte[] fields, string name = "n") =>
        Field(100, [.. Field(1, Encoding.ASCII.GetBytes(name)), .. Field(7, fields.Length == 0 ? Field(5, new byte[4]) : fields)]);

    private static byte[] Field(int number, byte[] content) => [.. Varint((number << 3) | 2), .. Varint(content.Length), .. content];

    private static IEnumerable<byte> Varint(int value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            yield return (byte)(value | 0x80);
        }

        yield return (byte)value;
    }

    private static byte[] Ones(int count) => Many([1], count);

    private static byte[] Many(byte[] bytes, int count)
    {
        var repeated = new byte[count * bytes.Length];
        for (var i = 0; i < count; i++)
        {
            bytes.CopyTo(repeated, i * bytes.Length);
        }

        return repeated;
    }
}
