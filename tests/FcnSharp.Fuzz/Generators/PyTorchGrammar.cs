using System.Globalization;

namespace FcnSharp.Fuzz.Generators;

/// <summary>Files of torch.save: a pickle and storages, in a zip archive or, before PyTorch 1.6, one behind the other.</summary>
internal static class PyTorchGrammar
{
    private static readonly byte[] Magic = [0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19];

    public static Format Zip { get; } = new("pth", WriteZip, [.. PickleBombs.All.Select(bomb => new Func<Dice, byte[]>(dice =>
        ZipGrammar.Write(new Dice(dice.Next()), [("archive/data.pkl", bomb(dice))])))])
    {
        Mend = ZipGrammar.Mend,
    };

    public static Format Legacy { get; } = new("legacy pth", WriteLegacy, [.. PickleBombs.All.Select(bomb => new Func<Dice, byte[]>(dice =>
        [.. Opening(new Dice(dice.Next())), .. bomb(dice)]))]);

    private static byte[] WriteZip(Dice dice)
    {
        var tensors = DrawnNetwork.Draw(dice).Tensors;
        List<(string, byte[])> entries = [("archive/data.pkl", Pickle(dice, tensors)), ("archive/byteorder", "little"u8.ToArray())];
        entries.AddRange(tensors.Select((tensor, key) => (Key("archive/data/", key), tensor.Data)));
        entries.Add(("archive/version", "3\n"u8.ToArray()));
        return ZipGrammar.Write(dice, entries);
    }

    private static byte[] WriteLegacy(Dice dice)
    {
        var tensors = DrawnNetwork.Draw(dice).Tensors;
        using var file = new MemoryStream();
        file.Write(Opening(dice));
        file.Write(Pickle(dice, tensors));
        var keys = new PickleWriter(dice).Start().Op(']').Op('(');
        for (var key = 0; key < tensors.Count; key++)
        {
            keys.Text(Key("", key));
        }

        file.Write(keys.Op('e').Op('.').ToBytes());
        foreach (var tensor in tensors)
        {
            file.Write(BitConverter.GetBytes(dice.Number(Count(tensor))));
            file.Write(tensor.Data);
        }

        return file.ToArray();
    }

    /// <summary>The three pickles that open a legacy file: magic number, protocol, machine.</summary>
    private static byte[] Opening(Dice dice) =>
    [
        .. new PickleWriter(dice).Start().Repeat(1, Magic).Op('.').ToBytes(),
        .. new PickleWriter(dice).Start().Number(1001).Op('.').ToBytes(),
        .. new PickleWriter(dice).Start().Op('}').Op('(')
            .Text("protocol_version").Number(1001).Text("little_endian").Op('\u0088').Op('u').Op('.').ToBytes(),
    ];

    private static byte[] Pickle(Dice dice, List<DrawnTensor> tensors)
    {
        var pickle = new PickleWriter(dice).Start();
        var isWrapped = dice.OneIn(4);
        if (isWrapped)
        {
            pickle.Op('}').Text("epoch").Number(7).Op('s').Text(dice.Pick("state_dict", "model_state", "model_state_dict"));
        }

        pickle.Global("collections", "OrderedDict").Op(')').Op('R').Op('(');
        for (var key = 0; key < tensors.Count; key++)
        {
            Tensor(dice, pickle.Text(tensors[key].Name), tensors[key], Key("", key));
        }

        pickle.Op('u');
        return (isWrapped ? pickle.Op('s') : pickle).Op('.').ToBytes();
    }

    private static void Tensor(Dice dice, PickleWriter pickle, DrawnTensor tensor, string key)
    {
        var strides = new long[tensor.Shape.Length];
        for (var (axis, next) = (strides.Length - 1, 1L); axis >= 0; axis--)
        {
            strides[axis] = next;
            next = unchecked(next * tensor.Shape[axis]);
        }

        pickle.Global("torch._utils", "_rebuild_tensor_v2").Op('(')
            .Op('(').Text("storage").Global("torch", Storage(tensor.Dtype)).Text(key).Text("cpu").Number(Count(tensor)).Op('t').Op('Q')
            .Number(0).Tuple(tensor.Shape).Tuple(dice.Odd() ? strides.Reverse() : strides)
            .Op('\u0089').Global("collections", "OrderedDict").Op(')').Op('R').Op('t').Op('R');
    }

    private static long Count(DrawnTensor tensor) => tensor.Data.Length / (tensor.Dtype switch
    {
        "F64" or "I64" => 8,
        "F32" or "I32" => 4,
        "U8" or "BOOL" or "F8_E4M3" => 1,
        _ => 2,
    });

    private static string Storage(string dtype) => dtype switch
    {
        "F64" => "DoubleStorage",
        "F16" => "HalfStorage",
        "BF16" => "BFloat16Storage",
        "I64" => "LongStorage",
        "I32" => "IntStorage",
        "U8" => "ByteStorage",
        "BOOL" => "BoolStorage",
        "C64" => "ComplexFloatStorage",
        _ => "FloatStorage",
    };

    private static string Key(string folder, int number) => folder + number.ToString(CultureInfo.InvariantCulture);
}
