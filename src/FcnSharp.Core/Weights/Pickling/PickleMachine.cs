using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace FcnSharp.Weights.Pickling;

/// <summary>
/// Reads pickles (Python's pickletools, protocols 0 to 5) as data. A pickle is a program for a stack machine; this one knows the
/// instructions that build containers, texts, numbers and views of storages, and refuses all others by name.
/// </summary>
/// <remarks>Names are looked up in <see cref="PickleFunction"/> before anything is done with them. Size, objects, stack and depth are
/// bounded.</remarks>
internal sealed class PickleMachine(byte[] bytes, string place)
{
    /// <summary>The longest run of pickles that is read, in bytes.</summary>
    public const int MaxBytes = 4 << 20;

    private const int MaxObjects = 200_000;
    private const int MaxStack = 100_000;
    private const int MaxNameBytes = 256;

    private readonly List<object?> stack = [];
    private readonly Stack<int> marks = [];
    private readonly Dictionary<long, object?> memo = [];
    private readonly Dictionary<string, PickleStorage> storages = new(StringComparer.Ordinal);
    private string place = place;
    private int objects;
    private int instruction;

    /// <summary>The first byte that has not been read.</summary>
    public int Position { get; private set; }

    /// <summary>The storages that were referred to, by key.</summary>
    public IReadOnlyDictionary<string, PickleStorage> Storages => storages;

    /// <summary>What a value is, for messages.</summary>
    public static string Describe(object? value) => value switch
    {
        null => "None",
        PickleDict => "a dictionary",
        PickleSequence => "a list",
        PickleTensor => "a single tensor",
        string => "a text",
        _ => "a number",
    };

    /// <summary>Reads the pickle that follows the last one, under another name.</summary>
    public object? Next(string nextPlace)
    {
        place = nextPlace;
        return Run();
    }

    /// <summary>Reads one pickle to its end.</summary>
    /// <exception cref="FormatException">The pickle is damaged, too large or too deep, or asks for something that is not
    /// allowed.</exception>
    public object? Run()
    {
        stack.Clear();
        marks.Clear();
        memo.Clear();
        try
        {
            while (Step())
            {
            }

            return Pop();
        }
        catch (EndOfStreamException exception)
        {
            throw new FormatException($"{place} ends within an instruction at byte {instruction}. Fetch or write the file again.",
                exception);
        }
        catch (FormatException exception)
        {
            throw new FormatException($"{place}, byte {instruction}: {exception.Message}", exception);
        }
    }

    /// <summary>Does one instruction; false at the last.</summary>
    private bool Step()
    {
        instruction = Position;
        var code = (char)Take(1)[0];
        switch (code)
        {
            case '.': return false;
            case '\u0080': Take(1); break;
            case '\u0095': Take(8); break;
            case '(': marks.Push(stack.Count); break;
            case '0': Pop(); break;
            case '1': PopToMark(); break;
            case '2': Push(Peek()); break;
            case 'N': Push(null); break;
            case '\u0088': Push(true); break;
            case '\u0089': Push(false); break;
            case '}': Push(Make(new PickleDict())); break;
            case ']' or ')' or '\u008f': Push(Make(new PickleSequence())); break;
            case 'l' or 't' or '\u0091': Push(Sequence(PopToMark())); break;
            case 'd': Push(SetItems(new PickleDict(), PopToMark())); break;
            case '\u0085' or '\u0086' or '\u0087': Push(Sequence(PopMany(code - '\u0084'))); break;
            case 'a': Extend([Pop()]); break;
            case 'e' or '\u0090': Extend(PopToMark()); break;
            case 's': SetItems(PopMany(2)); break;
            case 'u': SetItems(PopToMark()); break;
            case 'c': Push(PickleFunction.Resolve(Line(), Line())); break;
            case '\u0093': Push(Global()); break;
            case 'R': Push(Reduce()); break;
            case 'b': Build(); break;
            case 'Q': Push(Persistent(Pop())); break;
            case 'q' or 'r' or 'p' or '\u0094': memo[MemoIndex(code)] = Peek(); break;
            case 'h' or 'j' or 'g': Push(Remembered(MemoIndex(code))); break;
            default: Push(Scalar(code)); break;
        }

        return true;
    }

    private object Scalar(char code)
    {
        Count();
        return code switch
        {
            'K' => (long)Take(1)[0],
            'M' => (long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2)),
            'J' => (long)BinaryPrimitives.ReadInt32LittleEndian(Take(4)),
            '\u008a' => Integer(Take(Take(1)[0])),
            'G' => BinaryPrimitives.ReadDoubleBigEndian(Take(8)),
            'I' or 'L' => TextInteger(Line()),
            'F' =>
                double.TryParse(Line(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                    ? number
                    : throw new FormatException("a number cannot be read."),
            'X' or 'T' or 'B' => Text(BinaryPrimitives.ReadUInt32LittleEndian(Take(4))),
            '\u008c' or 'U' or 'C' => Text(Take(1)[0]),
            '\u008d' or '\u008e' => Text(BinaryPrimitives.ReadInt64LittleEndian(Take(8))),
            _ => throw new FormatException($"the instruction {Name(code)} is not allowed: a state dict does not need it. " +
                "Fetch the file again, or in Python torch.save only the model's state_dict()."),
        };
    }

    private static string Name(char code) => code switch
    {
        'i' => "INST, which makes an object",
        'o' => "OBJ, which makes an object",
        '\u0081' or '\u0092' => "NEWOBJ, which makes an object",
        '\u0082' or '\u0083' or '\u0084' => "EXT, which runs registered code",
        'P' => "PERSID",
        _ => $"0x{(int)code:X2}",
    };

    /// <summary>A whole number of any length, little-endian with its sign: a long where it fits.</summary>
    private static object Integer(ReadOnlySpan<byte> number)
    {
        if (number.Length > sizeof(long))
        {
            return new BigInteger(number);
        }

        var value = number.IsEmpty || number[^1] < 0x80 ? 0L : -1L;
        for (var i = number.Length - 1; i >= 0; i--)
        {
            value = (value << 8) | number[i];
        }

        return value;
    }

    private static object TextInteger(string text) => text switch
    {
        "00" => false,
        "01" => true,
        _ => long.TryParse(text.TrimEnd('L'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException("a whole number cannot be read."),
    };

    private PickleFunction Global()
    {
        var (name, module) = (Pop(), Pop());
        return module is string from && name is string what
            ? PickleFunction.Resolve(from, what)
            : throw new FormatException("asks for something that has no name.");
    }

    private object? Reduce()
    {
        if (Pop() is not PickleSequence { Items: var arguments } || Pop() is not PickleFunction function)
        {
            throw new FormatException("calls something that is no function.");
        }

        return (function.Kind, arguments) switch
        {
            (PickleFunctionKind.Dict, []) or (PickleFunctionKind.Number, _) => Make(new PickleDict()),
            (PickleFunctionKind.Dict, [PickleSequence pairs]) => Pairs(pairs),
            (PickleFunctionKind.Sequence, []) => Make(new PickleSequence()),
            (PickleFunctionKind.Sequence, [PickleSequence inner]) => Sequence(inner.Items),
            (PickleFunctionKind.Parameter, [PickleTensor tensor, ..]) => tensor,
            (PickleFunctionKind.Tensor, [PickleStorage storage, long offset, PickleSequence sizes, PickleSequence strides, ..]) =>
                Make(new PickleTensor(storage, offset, Numbers(sizes), Numbers(strides))),
            _ => throw new FormatException($"calls a {function.Kind} with arguments that do not fit."),
        };
    }

    private PickleDict Pairs(PickleSequence pairs)
    {
        var dict = Make(new PickleDict());
        foreach (var pair in pairs.Items)
        {
            if (pair is not PickleSequence { Items: [var key, var value] })
            {
                throw new FormatException("makes a dictionary of something other than pairs.");
            }

            Count();
            dict.Set(key, value);
        }

        return dict;
    }

    /// <summary>Attributes of an object, passed over: a state dict has its modules' versions, a number of numpy's its byte order.</summary>
    private void Build()
    {
        var state = Pop();
        if (state is not PickleContainer || Peek() is not PickleDict)
        {
            throw new FormatException("gives attributes to something that has none.");
        }
    }

    /// <summary>('storage', type, key, device, count), and in older files what part of another storage it is, which must be all.</summary>
    private PickleStorage Persistent(object? id)
    {
        if (id is not PickleSequence { Items: var parts }
            || parts is not ["storage", PickleFunction { Kind: PickleFunctionKind.Storage, Dtype: var dtype },
                string key, string, long count, ..]
            || count < 0 || (parts.Count > 5 && parts[5] is not null))
        {
            throw new FormatException("refers to something in the file that is no storage.");
        }

        var storage = Make(new PickleStorage(key, dtype, count));
        return storages.TryGetValue(key, out var known) && known != storage
            ? throw new FormatException($"describes storage {key} in two ways.")
            : storages[key] = storage;
    }

    private static ImmutableArray<long> Numbers(PickleSequence sequence) =>
        [.. sequence.Items.Select(
            item => item is long number ? number : throw new FormatException("a tensor has a size or stride that is no whole number."))];

    private PickleSequence Sequence(IEnumerable<object?> items)
    {
        var sequence = Make(new PickleSequence());
        sequence.AddRange(items);
        return sequence;
    }

    private void Extend(IEnumerable<object?> items)
    {
        if (Peek() is not PickleSequence sequence)
        {
            throw new FormatException("adds to something that is no list.");
        }

        sequence.AddRange(items);
    }

    private void SetItems(object?[] items)
    {
        if (Peek() is not PickleDict dict)
        {
            throw new FormatException("sets an entry of something that is no dictionary.");
        }

        SetItems(dict, items);
    }

    private PickleDict SetItems(PickleDict dict, object?[] items)
    {
        if (items.Length % 2 != 0)
        {
            throw new FormatException("has a key without a value.");
        }

        for (var i = 0; i < items.Length; i += 2)
        {
            Count();
            dict.Set(items[i], items[i + 1]);
        }

        return dict;
    }

    private long MemoIndex(char code) => code switch
    {
        'q' or 'h' => Take(1)[0],
        'r' or 'j' => BinaryPrimitives.ReadUInt32LittleEndian(Take(4)),
        '\u0094' => memo.Count,
        _ => TextInteger(Line()) as long? ?? throw new FormatException("a place in the memory cannot be read."),
    };

    private string Text(long length) => Encoding.UTF8.GetString(Take(length));

    private string Line()
    {
        var rest = bytes.AsSpan(Position, Math.Min(MaxNameBytes, bytes.Length - Position));
        var length = rest.IndexOf((byte)'\n');
        if (length < 0)
        {
            throw new FormatException("a name or number does not end.");
        }

        var line = Encoding.UTF8.GetString(rest[..length]);
        Position += length + 1;
        return line;
    }

    private ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > bytes.Length - Position)
        {
            throw new EndOfStreamException();
        }

        var taken = bytes.AsSpan(Position, (int)count);
        Position += (int)count;
        return taken;
    }

    private T Make<T>(T value)
    {
        Count();
        return value;
    }

    private void Count()
    {
        if (++objects > MaxObjects)
        {
            throw new FormatException($"the pickle makes more than {MaxObjects} objects, which no state dict does.");
        }
    }

    private void Push(object? value)
    {
        if (stack.Count >= MaxStack)
        {
            throw new FormatException($"more than {MaxStack} values are piled up, which no state dict needs.");
        }

        stack.Add(value);
    }

    private object? Remembered(long index) =>
        memo.TryGetValue(index, out var value) ? value : throw new FormatException("refers to a value that was not remembered.");

    private object? Peek() =>
        stack.Count > (marks.TryPeek(out var mark) ? mark : 0)
            ? stack[^1]
            : throw new FormatException("takes a value that is not there.");

    private object? Pop()
    {
        var value = Peek();
        stack.RemoveAt(stack.Count - 1);
        return value;
    }

    private object?[] PopMany(int count)
    {
        var values = new object?[count];
        for (var i = count - 1; i >= 0; i--)
        {
            values[i] = Pop();
        }

        return values;
    }

    private object?[] PopToMark()
    {
        if (!marks.TryPop(out var mark))
        {
            throw new FormatException("goes back to a mark that is not there.");
        }

        var values = stack[mark..].ToArray();
        stack.RemoveRange(mark, stack.Count - mark);
        return values;
    }
}
