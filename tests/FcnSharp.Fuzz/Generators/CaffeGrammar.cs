using System.Text;
using FcnSharp.Networks;
using FcnSharp.Weights;

namespace FcnSharp.Fuzz.Generators;

/// <summary>.caffemodel files: protocol buffers of layers, old and new.</summary>
internal static class CaffeGrammar
{
    public static Format Format { get; } = new("caffemodel", Write, LongShape, ManyLayers, ManyFields);

    private static byte[] Write(Dice dice)
    {
        var tensors = DrawnNetwork.Draw(dice, NameMap.Caffe(dice.Pick(FcnVariant.Fcn8s, FcnVariant.Fcn16s, FcnVariant.Fcn32s))).Tensors;
        var isNew = !dice.OneIn(3);
        var network = new ProtobufWriter(dice).Bytes(1, "drawn"u8);
        foreach (var layer in tensors.GroupBy(tensor => tensor.Name[..Math.Max(0, tensor.Name.LastIndexOf('.'))]))
        {
            network.Message(isNew ? 100 : 2, Layer(dice, layer.Key, layer, isNew));
        }

        return network.ToBytes();
    }

    private static ProtobufWriter Layer(Dice dice, string name, IEnumerable<DrawnTensor> tensors, bool isNew)
    {
        var layer = new ProtobufWriter(dice).Bytes(isNew ? 1 : 4, Encoding.UTF8.GetBytes(dice.Text(name)));
        foreach (var tensor in tensors)
        {
            layer.Message(isNew ? 7 : 6, Blob(dice, tensor, isNew));
        }

        return layer;
    }

    private static ProtobufWriter Blob(Dice dice, DrawnTensor tensor, bool isNew)
    {
        var blob = new ProtobufWriter(dice);
        if (isNew)
        {
            var shape = new ProtobufWriter(new Dice(0));
            foreach (var size in tensor.Shape)
            {
                shape.Varint(unchecked((ulong)size));
            }

            blob.Message(7, new ProtobufWriter(dice).Message(1, shape));
        }
        else
        {
            for (var (field, missing) = (1, 4 - tensor.Shape.Length); field <= 4; field++)
            {
                blob.Number(field, field <= missing ? 1 : tensor.Shape[Math.Clamp(field - missing - 1, 0, tensor.Shape.Length - 1)]);
            }
        }

        return blob.Bytes(tensor.Dtype == "F64" ? 8 : 5, tensor.Data);
    }

    private static byte[] LongShape(Dice dice)
    {
        var ones = new byte[dice.Size(40_000_000)];
        Array.Fill(ones, dice.Pick<byte>(0, 1));
        var isSizes = dice.OneIn(2);
        var plain = new Dice(dice.Next());
        var blob = isSizes ? new ProtobufWriter(plain).Message(7, new ProtobufWriter(plain).Bytes(1, ones)) : Sizes(plain, ones);
        var layer = new ProtobufWriter(plain).Bytes(1, "conv1_1"u8).Message(7, blob);
        return new ProtobufWriter(plain).Message(100, layer).ToBytes();
    }

    /// <summary>A field of one size, many times.</summary>
    private static ProtobufWriter Sizes(Dice dice, byte[] sizes)
    {
        var blob = new ProtobufWriter(dice);
        foreach (var size in sizes.AsSpan(0, Math.Min(sizes.Length, 4_000_000)))
        {
            blob.Number(1, size);
        }

        return blob;
    }

    private static byte[] ManyLayers(Dice dice)
    {
        var plain = new Dice(dice.Next());
        var network = new ProtobufWriter(plain);
        for (var count = dice.Size(100_000); count > 0; count--)
        {
            network.Bytes(100, [(7 << 3) | 2, 0]);
        }

        return network.ToBytes();
    }

    /// <summary>Fields that the reader skips, in a network or in a layer.</summary>
    private static byte[] ManyFields(Dice dice)
    {
        var plain = new Dice(dice.Next());
        var fields = new ProtobufWriter(plain);
        for (var count = dice.Size(1_000_000); count > 0; count--)
        {
            fields.Number(9, 1);
        }

        return new ProtobufWriter(plain).Bytes(1, "drawn"u8).Message(100, fields).ToBytes();
    }
}
