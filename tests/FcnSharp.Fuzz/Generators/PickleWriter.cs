using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace FcnSharp.Fuzz.Generators;

/// <summary>Writes the instructions of Python's pickles, protocol 2, with misplaced ones in between.</summary>
internal sealed class PickleWriter(Dice dice)
{
    private const string Instructions =
        ".()012INKMJGLFXTBUC}]ltdeaesucRbQqrphjgioP\u0080\u0081\u0082\u0083\u0084\u0085\u0086\u0087\u0088\u0089\u008a"
        + "\u008b\u008c\u008d\u008e\u008f\u0090\u0091\u0092\u0093\u0094\u0095";

    private readonly ArrayBufferWriter<byte> bytes = new();

    public byte[] ToBytes() => bytes.WrittenSpan.ToArray();

    public PickleWriter Start() => Op('\u0080', (byte)dice.Number(2));

    /// <summary>One instruction and its bytes.</summary>
    public PickleWriter Op(char code, params ReadOnlySpan<byte> argument)
    {
        if (dice.Odd())
        {
            bytes.Write(OddInstructions());
        }

        bytes.Write([(byte)code]);
        bytes.Write(argument);
        return this;
    }

    /// <summary>Repeats the same instructions many times.</summary>
    public PickleWriter Repeat(int count, params ReadOnlySpan<byte> instructions)
    {
        for (; count > 0; count--)
        {
            bytes.Write(instructions);
        }

        return this;
    }

    public PickleWriter Global(string module, string name) => Op('c', Encoding.UTF8.GetBytes(
        dice.Odd()
            ? dice.Pick("os\nsystem\n", "__builtin__\neval\n", "builtins\nlist\n", "torch\nBoolStorage\n", $"{dice.OddText()}\nx\n")
            : $"{module}\n{name}\n"));

    public PickleWriter Text(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(dice.Text(text));
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, (int)dice.Number(utf8.Length));
        Op('X', length);
        bytes.Write(utf8);
        return this;
    }

    public PickleWriter Number(long number)
    {
        number = dice.Number(number);
        Span<byte> argument = stackalloc byte[1 + sizeof(long)];
        argument[0] = sizeof(long);
        BinaryPrimitives.WriteInt64LittleEndian(argument[1..], number);
        return number switch
        {
            >= 0 and <= byte.MaxValue => Op('K', (byte)number),
            >= 0 and <= ushort.MaxValue => Op('M', argument[1..3]),
            >= int.MinValue and <= int.MaxValue => Op('J', argument[1..5]),
            _ => Op('\u008a', argument),
        };
    }

    public PickleWriter Tuple(IEnumerable<long> numbers)
    {
        Op('(');
        foreach (var number in numbers)
        {
            Number(number);
        }

        return Op('t');
    }

    private byte[] OddInstructions() =>
        [.. Enumerable.Range(0, dice.Between(1, 4)).SelectMany(_ => (byte[])
            [(byte)Instructions[dice.Below(Instructions.Length)], .. dice.OneIn(3) ? dice.Bytes(dice.Between(1, 9)) : []])];
}
