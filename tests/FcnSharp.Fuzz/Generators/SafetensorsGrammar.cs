using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using FcnSharp.Weights;

namespace FcnSharp.Fuzz.Generators;

/// <summary>Safetensors files: a length, a JSON header, the tensors.</summary>
internal static class SafetensorsGrammar
{
    public static Format AnyNames { get; } =
        new("safetensors", dice => Write(dice, DrawnNetwork.Draw(dice)), WideHead, ZeroShape, ManyTensors, RepeatedMetadata, NoTensors);

    /// <summary>Under this library's names, as its model files are.</summary>
    public static Format OwnNames { get; } = new(
        "model file", dice => Write(dice, DrawnNetwork.Draw(dice, NameMap.FcnSharp)), WideHead, ZeroShape, ManyTensors, RepeatedMetadata,
        NoTensors);

    public static byte[] Write(Dice dice, IReadOnlyList<DrawnTensor> tensors, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var members = new List<string>
        {
            $"\"__metadata__\":{JsonText.Object(dice,
                [.. metadata.Select(pair => $"{JsonText.Quote(dice, pair.Key)}:{JsonText.Quote(dice, pair.Value)}")])}",
        };
        var at = 0L;
        foreach (var tensor in tensors)
        {
            members.Add($"{JsonText.Quote(dice, tensor.Name)}:{Entry(dice, tensor, at)}");
            at += tensor.Data.Length;
        }

        if (!dice.IsSound && dice.OneIn(20))
        {
            dice.Shuffle(members);
        }

        return Join(dice, JsonText.Object(dice, members), [.. tensors.SelectMany(tensor => tensor.Data)]);
    }

    private static byte[] Write(Dice dice, DrawnNetwork network) =>
        Write(dice, network.Tensors, dice.OneIn(4) ? [] : CardGrammar.Draw(dice, network.Options));

    private static string Entry(Dice dice, DrawnTensor tensor, long at)
    {
        var shape = JsonText.List(tensor.Shape.Select(size => JsonText.Number(dice, size)));
        var (begin, end) = (JsonText.Number(dice, at), JsonText.Number(dice, at + tensor.Data.Length));
        return JsonText.Object(
            dice, [$"\"dtype\":{JsonText.Quote(dice, tensor.Dtype)}", $"\"shape\":{shape}", $"\"data_offsets\":[{begin},{end}]"]);
    }

    private static byte[] Join(Dice dice, string header, byte[] data)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var length = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, dice.Number(json.Length));
        return [.. length, .. json, .. data, .. dice.Odd() ? dice.Bytes(dice.Size(64)) : []];
    }

    private static byte[] WideHead(Dice dice) => Write(new Dice(dice.Next()), DrawnNetwork.WideHead(dice));

    private static byte[] ZeroShape(Dice dice)
    {
        var shape = string.Join(',', Enumerable.Repeat(dice.Pick("0", "1"), dice.Size(8_000_000)));
        return Join(dice, $$$"""{"conv1.0.weight":{"dtype":"F32","shape":[{{{shape}}}],"data_offsets":[0,0]}}""", []);
    }

    private static byte[] ManyTensors(Dice dice)
    {
        var prefix = dice.Pick("", "module.", "conv1.0.");
        var entries = Enumerable.Range(0, dice.Size(270_000))
            .Select(i => string.Create(CultureInfo.InvariantCulture, $$"""
                "{{prefix}}{{i}}":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}
                """));
        return Join(dice, $"{{{string.Join(',', entries)}}}", []);
    }

    /// <summary>A key that occurs many times, or long values of many keys.</summary>
    private static byte[] RepeatedMetadata(Dice dice)
    {
        var value = new string('v', dice.Size(200));
        var differ = dice.OneIn(2);
        var entries = Enumerable.Range(0, dice.Size(100_000)).Select(i => $"\"k{(differ ? i : 0)}\":\"{value}\"");
        return Join(dice, $"{{\"__metadata__\":{{{string.Join(',', entries)}}}}}", []);
    }

    private static byte[] NoTensors(Dice dice) =>
        Join(dice, dice.Pick("{}", "{ }", """{"__metadata__":{}}""", "{\"__metadata__\":{\"format_version\":\"1\"}}"), []);
}
