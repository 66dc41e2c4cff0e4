using System.Collections.Immutable;
using System.Text;

namespace FcnSharp.Fuzz.Generators;

/// <summary>Small pickles that demand much work or memory: each repeats a few expensive bytes.</summary>
internal static class PickleBombs
{
    private const int MaxItems = 100_000;

    private static readonly byte[] List = [.. "cbuiltins\nlist\n"u8];

    public static ImmutableArray<Func<Dice, byte[]>> All { get; } =
        [CopyLists, KeepSequences, PopSequences, HashContainers, LongKey, ManyAxes, Nest, PileUp, ManyMarks];

    /// <summary>A list of many items, copied by <c>builtins.list</c> again and again.</summary>
    private static byte[] CopyLists(Dice dice) =>
        Start(dice).Op(']').Op('(').Repeat(dice.Size(MaxItems), (byte)'N').Op('e').Op('q', 1)
            .Repeat(dice.Size(MaxItems / 4), [.. List, (byte)'h', 1, 0x85, (byte)'R', (byte)'0']).Op('.').ToBytes();

    /// <summary>A sequence that is added to a list item by item, or a list that is added to itself.</summary>
    private static byte[] KeepSequences(Dice dice) =>
        Start(dice).Op('(').Repeat(dice.Size(MaxItems), (byte)'N').Op('t').Op('q', 1)
            .Repeat(
                dice.Size(MaxItems / 4),
                dice.Pick([.. List, (byte)'h', 1, 0x85, (byte)'R'], [(byte)'h', 1, 0x85], "(h\u0001h\u0001t"u8.ToArray()))
            .Op('t').Op('.').ToBytes();

    /// <summary>Many values on the stack that are made a tuple and pushed again.</summary>
    private static byte[] PopSequences(Dice dice) =>
        Start(dice).Op(']').Op('(').Repeat(dice.Size(MaxItems), (byte)'N').Op('e')
            .Repeat(dice.Size(MaxItems / 4), dice.Pick("(NNNNe"u8.ToArray(), "2a"u8.ToArray(), "(2e"u8.ToArray(), "(1"u8.ToArray()))
            .Op('.').ToBytes();

    /// <summary>Storages under one key, whose memo entries are compared or hashed.</summary>
    private static byte[] HashContainers(Dice dice)
    {
        var key = Encoding.UTF8.GetBytes(new string('k', dice.Size(60_000)));
        byte[] id =
        [
            .. "(X\u0007\0\0\0storagectorch\nFloatStorage\nX"u8, .. BitConverter.GetBytes(key.Length), .. key,
            .. "X\u0003\0\0\0cpuK\u0001tq\u0001"u8,
        ];
        return Start(dice).Op(']').Repeat(1, id).Repeat(1, (byte)'0').Repeat(dice.Size(MaxItems / 2), "h\u0001Qa"u8).Op('.').ToBytes();
    }

    /// <summary>A long key that is set in a dictionary again and again.</summary>
    private static byte[] LongKey(Dice dice) =>
        Start(dice).Op('}').Text(new string('k', dice.Size(1_000_000))).Op('q', 1).Op('0')
            .Repeat(dice.Size(MaxItems), dice.Pick("h\u0001Ns"u8.ToArray(), "(h\u0001Nh\u0001Nu"u8.ToArray())).Op('.').ToBytes();

    /// <summary>A tensor of many axes.</summary>
    private static byte[] ManyAxes(Dice dice)
    {
        var axes = dice.Size(50_000);
        var size = dice.Pick<byte>(0, 1, 255);
        return Start(dice).Op('}').Text("conv1.0.weight").Global("torch._utils", "_rebuild_tensor_v2").Op('(')
            .Op('(').Text("storage").Global("torch", "FloatStorage").Text("0").Text("cpu").Number(1).Op('t').Op('Q').Number(0)
            .Op('(').Repeat(axes, (byte)'K', size).Op('t').Op('(').Repeat(axes, (byte)'K', 1).Op('t')
            .Op('\u0089').Op('}').Op('t').Op('R').Op('s').Op('.').ToBytes();
    }

    private static byte[] Nest(Dice dice) =>
        Start(dice).Op(']').Repeat(dice.Size(MaxItems), dice.Pick<byte>(0x85, (byte)']', (byte)'}')).Op('.').ToBytes();

    private static byte[] PileUp(Dice dice) =>
        Start(dice).Repeat(dice.Size(4 << 20), (byte)dice.Pick('N', ']', '}', ')', '2', '\u0088')).Op('.').ToBytes();

    private static byte[] ManyMarks(Dice dice) =>
        Start(dice).Repeat(dice.Size(1 << 20), dice.Pick("("u8.ToArray(), "(1"u8.ToArray(), "(t0"u8.ToArray())).Op('.').ToBytes();

    private static PickleWriter Start(Dice dice) => new PickleWriter(new Dice(dice.Next())).Start();
}
