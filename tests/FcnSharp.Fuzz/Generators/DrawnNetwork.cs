using System.Buffers.Binary;
using FcnSharp.Networks;
using FcnSharp.Weights;

namespace FcnSharp.Fuzz.Generators;

/// <summary>The tensors of a network of a few channels under the names of some tool, complete or not.</summary>
internal sealed record DrawnNetwork(NetworkOptions Options, List<DrawnTensor> Tensors)
{
    /// <summary>Draws a random network.</summary>
    /// <param name="dice">The random choices.</param>
    /// <param name="map">The names; null for any of them.</param>
    public static DrawnNetwork Draw(Dice dice, NameMap? map = null)
    {
        map ??= dice.OneIn(2) ? NameMap.FcnSharp : NameMap.All[dice.Below(NameMap.All.Length)];
        var options = DrawOptions(dice, map);
        var dtype = dice.OneIn(4) ? dice.Pick("F16", "BF16", "F64") : "F32";
        var prefix = dice.OneIn(6) ? dice.Pick("module.", "_orig_mod.", "model.", "module.model.") : "";
        var tensors = new List<DrawnTensor>();
        foreach (var (name, shape) in StateDict.TensorsOf(options))
        {
            if (map.Has(name))
            {
                tensors.Add(Tensor(dice, prefix + map.ToForeign(name), dtype, [.. shape.Select(size => (long)size)]));
            }
        }

        if (!dice.IsSound)
        {
            Deviate(dice, tensors);
        }

        return new DrawnNetwork(options, tensors);
    }

    /// <summary>States a head of many channels and omits the layers after it, which a reader may initialise.</summary>
    public static DrawnNetwork WideHead(Dice dice)
    {
        var (options, tensors) = Draw(new Dice(dice.Next()), NameMap.FcnSharp);
        tensors.RemoveAll(tensor => !tensor.Name.Contains("conv", StringComparison.Ordinal));
        var head = 16384 >> dice.Below(8);
        var stage5 = options.Trunk is VggTrunkOptions vgg ? vgg.Widths.Stage5 : dice.Size(4);
        tensors.Add(Tensor(dice, "fc6.0.weight", "F16", [head, stage5, 1, 1]));
        return new DrawnNetwork(options, tensors);
    }

    /// <summary>The trunk of a ResNet of a few channels.</summary>
    public static ResNetTrunkOptions DrawResNet(Dice dice) => new()
    {
        Block = dice.Pick(ResNetBlock.Basic, ResNetBlock.Bottleneck),
        Blocks = new ResNetBlocks(dice.Between(1, 2), dice.Between(1, 2), dice.Between(1, 2), dice.Between(1, 3)),
        Width = dice.Between(1, 2),
        BatchNorm = !dice.OneIn(4),
    };

    /// <summary>The tensors of a network's trunk, complete and valid.</summary>
    public static IEnumerable<DrawnTensor> TrunkOf(Dice dice, FcnOptions options, string dtype) =>
        from spec in StateDict.TensorsOf(options)
        where spec.Name.StartsWith("backbone.", StringComparison.Ordinal)
        select Tensor(dice, spec.Name, dtype, [.. spec.Shape.Select(size => (long)size)]);

    private static NetworkOptions DrawOptions(Dice dice, NameMap map)
    {
        if (map == NameMap.TorchvisionFcn)
        {
            return new DilatedFcnOptions
            {
                NumClasses = dice.OneIn(4) ? 21 : dice.Between(2, 3), Trunk = DrawResNet(dice) with { Block = ResNetBlock.Bottleneck },
            };
        }

        var variant = map.Layers.ContainsKey("upscore_3b") ? FcnVariant.Fcn8s
            : map.Layers.ContainsKey("upscore_4b") ? FcnVariant.Fcn16s
            : FcnVariant.Fcn32s;
        variant = map == NameMap.FcnSharp ? dice.Pick(Enum.GetValues<FcnVariant>()) : variant;
        var isResNet = map.Layers.Count == 0 || (map == NameMap.FcnSharp && dice.OneIn(2));
        var isCompact = isResNet || variant == FcnVariant.Fcn4s || (map == NameMap.FcnSharp && dice.OneIn(2));
        return new FcnOptions
        {
            Variant = variant,
            Layout = isCompact ? FcnLayout.Compact : FcnLayout.Original,
            NumClasses = dice.Between(2, 3),
            Trunk = isResNet ? DrawResNet(dice) : Vgg(dice, map),
        };
    }

    private static VggTrunkOptions Vgg(Dice dice, NameMap map) => new()
    {
        BatchNorm = map.Layers.ContainsKey("conv1.0.bn") && dice.OneIn(3),
        Widths = new VggWidths
        {
            Stage1 = dice.Size(4), Stage2 = dice.Size(4), Stage3 = dice.Size(4), Stage4 = dice.Size(4), Stage5 = dice.Size(4),
            Head = dice.Size(8),
        },
    };

    private static void Deviate(Dice dice, List<DrawnTensor> tensors)
    {
        for (var i = tensors.Count - 1; i >= 0; i--)
        {
            if (!dice.Odd())
            {
                continue;
            }

            var tensor = tensors[i];
            switch (dice.Below(9))
            {
                case 0: tensors.RemoveAt(i); break;
                case 1: tensors.RemoveRange(i, tensors.Count - i); break;
                case 2: tensors.Add(tensor); break;
                case 3: tensors[i] = tensor with { Name = dice.OddText() }; break;
                case 4: tensors[i] = tensor with { Shape = OddShape(dice, tensor.Shape) }; break;
                case 5: tensors[i] = Tensor(dice, tensor.Name, tensor.Dtype, [.. tensor.Shape.Select(size => size + dice.Below(2))]); break;
                case 6: tensors[i] = tensor with { Dtype = dice.Pick("F16", "F64", "I64", "I32", "U8", "BOOL", "F8_E4M3", "C64") }; break;
                case 7: tensors[i] = tensor with { Data = tensor.Data[..dice.Below(tensor.Data.Length + 1)] }; break;
                default: Array.Fill(tensor.Data, (byte)0xFF, 0, Math.Min(8, tensor.Data.Length)); break;
            }
        }
    }

    private static long[] OddShape(Dice dice, long[] shape) => dice.Below(4) switch
    {
        0 => [],
        1 => [.. Enumerable.Repeat(dice.Pick(0L, 1L), dice.Size(2000))],
        2 => [.. shape.Select(dice.Number)],
        _ => [.. Enumerable.Range(0, dice.Between(1, 9)).Select(_ => dice.Edge())],
    };

    private static DrawnTensor Tensor(Dice dice, string name, string dtype, long[] shape)
    {
        var count = (int)shape.Aggregate(1L, (product, size) => product * size);
        var size = dtype switch { "F64" => 8, "F32" => 4, _ => 2 };
        var data = new byte[count * size];
        for (var i = 0; i < count; i++)
        {
            // From 1/4 to 2, so that variances are positive and nothing overflows.
            var value = (1 + (dice.Next() & 7)) / 4f;
            var place = data.AsSpan(i * size);
            switch (dtype)
            {
                case "F16": BinaryPrimitives.WriteHalfLittleEndian(place, (Half)value); break;
                case "BF16": BinaryPrimitives.WriteUInt16LittleEndian(place, (ushort)(BitConverter.SingleToUInt32Bits(value) >> 16)); break;
                case "F64": BinaryPrimitives.WriteDoubleLittleEndian(place, value); break;
                default: BinaryPrimitives.WriteSingleLittleEndian(place, value); break;
            }
        }

        return new DrawnTensor(name, dtype, shape, data);
    }
}
