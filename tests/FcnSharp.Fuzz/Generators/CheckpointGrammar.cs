using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace FcnSharp.Fuzz.Generators;

/// <summary>Checkpoints of training runs: safetensors files whose metadata hold state and options of the run as JSON, and a
/// checksum.</summary>
internal static class CheckpointGrammar
{
    private static readonly string[] StateKeys =
        ["\"Step\":4", "\"SmoothedLoss\":0.5", "\"LossSum\":0.5", "\"History\":[]", "\"Best\":null"];

    /// <summary>Checkpoints of a run with these options, as JSON.</summary>
    public static Format Of(string options) => new("checkpoint", dice => Write(dice, options), dice => DeepJson(dice, options));

    private static byte[] Write(Dice dice, string options) => Write(dice, options, State(dice));

    private static byte[] Write(Dice dice, string options, string state)
    {
        List<KeyValuePair<string, string>> texts =
        [
            new("class_pixels", dice.Odd() ? dice.Pick("null", "[", "[1.5]", "{}", "[99999999999999999999]") : "[10,20,30]"),
            new("fcnsharp_checkpoint", dice.Text("1")),
            new("options", dice.Odd() ? OddOptions(dice, options) : options),
            new("state", state),
        ];
        texts.RemoveAll(_ => dice.Odd());
        List<DrawnTensor> tensors = [new("weights.fc8.bias", "F32", [3], new byte[12])];
        texts.Add(new("checksum", dice.Odd() ? dice.OddText() : Checksum(texts, tensors)));
        return SafetensorsGrammar.Write(new Dice(dice.Next(), dice.IsSound || dice.OneIn(2) ? 0 : 40), tensors, texts);
    }

    private static string State(Dice dice)
    {
        if (dice.Odd())
        {
            return dice.Pick("null", "", "[]", "{", "{}", "1", "\"a\"");
        }

        List<string> members = [.. StateKeys];
        for (var i = 0; i < members.Count; i++)
        {
            if (dice.Odd())
            {
                members[i] = $"{members[i][..(members[i].IndexOf(':') + 1)]}{dice.Pick(
                    "null", "-1", "1e999", "[null]", "[{}]", "{}", "9223372036854775807", "\"NaN\"", "[[[[]]]]")}";
            }
        }

        return JsonText.Object(dice, members);
    }

    private static string OddOptions(Dice dice, string options) => dice.Below(4) switch
    {
        0 => dice.Pick("null", "[]", "{}", "{", "", "1", "{\"BatchSize\":{}}", "{\"BatchSize\":2,\"BatchSize\":3}"),
        1 => $"{{\"BatchSize\":\"{new string('\u0007', dice.Size(3000))}\"}}".Replace("\u0007", "\\u0007", StringComparison.Ordinal),
        2 => options[..dice.Below(options.Length)],
        _ => Encoding.UTF8.GetString(Mutator.Mutate(dice, Encoding.UTF8.GetBytes(options), [])),
    };

    private static byte[] DeepJson(Dice dice, string options)
    {
        var depth = dice.Size(300_000);
        var deep = $"{{\"Network\":{new string('[', depth)}{new string(']', depth)}}}";
        var plain = new Dice(dice.Next());
        return dice.OneIn(2) ? Write(plain, deep, "{\"Step\":4}") : Write(plain, options, deep);
    }

    /// <summary>Computes the checksum like the library, so that a reader also parses the texts.</summary>
    private static string Checksum(IEnumerable<KeyValuePair<string, string>> texts, IEnumerable<DrawnTensor> tensors)
    {
        var hash = new XxHash3();
        foreach (var (key, value) in texts.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Append(key);
            Append(value);
        }

        foreach (var tensor in tensors)
        {
            Append(tensor.Name);
            hash.Append(tensor.Data);
        }

        return hash.GetCurrentHashAsUInt64().ToString("x16", CultureInfo.InvariantCulture);

        void Append(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            Span<byte> length = stackalloc byte[sizeof(int)];
            BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
            hash.Append(length);
            hash.Append(bytes);
        }
    }
}
