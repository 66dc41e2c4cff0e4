using System.Buffers.Binary;
using System.Collections.Immutable;
using FcnSharp.Support;
using FcnSharp.Tensors;

namespace FcnSharp.Weights.Pickling;

/// <summary>
/// Reads pickles (Python's pickletools, protocols 0 to 5) as data. A pickle is a program for a stack machine; this machine has the
/// instructions that build containers, strings, numbers and views of storages, and refuses all others by name.
/// </summary>
/// <remarks>Globals must be on the allow-list of <see cref="PickleFunction"/>. <see cref="PickleBudget"/> limits the cost,
/// <see cref="PickleContainer"/> the depth.</remarks>
internal sealed class PickleMachine
{
    /// <summary>The largest total length of pickles that is read, in bytes.</summary>
    public const int MaxBytes = 4 << 20;

    private const int MaxKeyLength = 256;

    private readonly PickleBudget budget;
    private readonly PickleReader reader;
    private readonly PickleStack stack = new();
    private readonly Dictionary<long, object?> memo = [];
    private readonly Dictionary<string, PickleStorage> storages = new(StringComparer.Ordinal);
    private string place;
    private int instruction;

    /// <param name="bytes">Pickles, one after the other.</param>
    /// <param name="place">Name of the first pickle in messages.</param>
    public PickleMachine(byte[] bytes, string place)
    {
        this.place = place;
        budget = new PickleBudget(bytes.Length);
        reader = new PickleReader(bytes, budget);
    }

    /// <summary>Offset of the first byte that has not been read.</summary>
    public int Position => reader.Position;

    /// <summary>The storages that were referred to, by key.</summary>
    public IReadOnlyDictionary<string, PickleStorage> Storages => storages;

    /// <summary>The kind of a value, for messages.</summary>
    public static string Describe(object? value) => value switch
    {
        null => "None",
        PickleDict => "a dictionary",
        PickleSequence => "a list",
        PickleTensor => "a single tensor",
        string => "a string",
        _ => "a number",
    };

    /// <summary>Reads the next pickle, with another name for messages.</summary>
    public object? Next(string nextPlace)
    {
        place = nextPlace;
        return Run();
    }

    /// <summary>Reads one pickle to its end.</summary>
    /// <exception cref="ContentException">The pickle is damaged, too large or nested too deeply, or uses something that is not
    /// allowed.</exception>
    public object? Run()
    {
        stack.Clear();
        memo.Clear();
        try
        {
            while (Step())
            {
            }

            return stack.Pop();
        }
        catch (EndOfStreamException exception)
        {
            throw new ContentException(
                $"{place} ends within an instruction at byte {instruction}.", ContentException.FetchAgain, exception);
        }
        catch (FormatException exception)
        {
            var (reason, remedy) = ContentException.Of(exception);
            throw new ContentException($"{place}, byte {instruction}: {reason}", remedy, exception);
        }
    }

    /// <summary>Executes one instruction; false for the last.</summary>
    private bool Step()
    {
        instruction = Position;
        var code = (char)reader.Byte();
        switch (code)
        {
            case '.': return false;
            case '\u0080': reader.Take(1); break;
            case '\u0095': reader.Take(8); break;
            case '(': stack.Mark(); break;
            case '0': stack.Pop(); break;
            case '1': stack.DropToMark(); break;
            case '2': stack.Push(stack.Peek()); break;
            case 'N': stack.Push(null); break;
            case '\u0088': stack.Push(true); break;
            case '\u0089': stack.Push(false); break;
            case '}': stack.Push(Make(new PickleDict())); break;
            case ']' or ')' or '\u008f': stack.Push(Make(new PickleSequence())); break;
            case 'l' or 't' or '\u0091': stack.Push(Sequence(stack.PopToMark())); break;
            case 'd': stack.Push(SetItems(Make(new PickleDict()), stack.PopToMark())); break;
            case '\u0085' or '\u0086' or '\u0087': stack.Push(Sequence(stack.Pop(code - '\u0084'))); break;
            case 'a': Extend(stack.Pop(1)); break;
            case 'e' or '\u0090': Extend(stack.PopToMark()); break;
            case 's': SetItems(stack.Pop(2)); break;
            case 'u': SetItems(stack.PopToMark()); break;
            case 'c': stack.Push(PickleFunction.Resolve(reader.Line(), reader.Line())); break;
            case '\u0093': stack.Push(Global()); break;
            case 'R': stack.Push(Reduce()); break;
            case 'b': Build(); break;
            case 'Q': stack.Push(Persistent(stack.Pop())); break;
            case 'q' or 'r' or 'p' or '\u0094': Remember(MemoIndex(code), stack.Peek()); break;
            case 'h' or 'j' or 'g': stack.Push(Remembered(MemoIndex(code))); break;
            default: stack.Push(Make(Scalar(code))); break;
        }

        return true;
    }

    private object Scalar(char code) => code switch
    {
        'K' => (long)reader.Byte(),
        'M' => (long)BinaryPrimitives.ReadUInt16LittleEndian(reader.Take(2)),
        'J' => (long)BinaryPrimitives.ReadInt32LittleEndian(reader.Take(4)),
        '\u008a' => reader.Integer(),
        'G' => BinaryPrimitives.ReadDoubleBigEndian(reader.Take(8)),
        'I' or 'L' => reader.TextInteger(),
        'F' => reader.TextNumber(),
        'X' or 'T' or 'B' => reader.Text(BinaryPrimitives.ReadUInt32LittleEndian(reader.Take(4))),
        '\u008c' or 'U' or 'C' => reader.Text(reader.Byte()),
        '\u008d' or '\u008e' => reader.Text(BinaryPrimitives.ReadInt64LittleEndian(reader.Take(8))),
        _ => throw new ContentException($"the instruction {Name(code)} is not allowed: a state dict does not need it.",
            "Fetch the file again, or in Python torch.save only the model's state_dict()."),
    };

    private static string Name(char code) => code switch
    {
        'i' => "INST, which makes an object",
        'o' => "OBJ, which makes an object",
        '\u0081' or '\u0092' => "NEWOBJ, which makes an object",
        '\u0082' or '\u0083' or '\u0084' => "EXT, which runs registered code",
        'P' => "PERSID",
        _ => $"0x{(int)code:X2}",
    };

    private PickleFunction Global()
    {
        var (name, module) = (stack.Pop(), stack.Pop());
        return module is string from && name is string what
            ? PickleFunction.Resolve(from, what)
            : throw new ContentException("a global's module or name is not a string.");
    }

    private object? Reduce()
    {
        if (stack.Pop() is not PickleSequence { Items: var arguments } || stack.Pop() is not PickleFunction function)
        {
            throw new ContentException("calls something that is not a function.");
        }

        return (function.Kind, arguments) switch
        {
            (PickleFunctionKind.Dict, []) or (PickleFunctionKind.Number, _) => Make(new PickleDict()),
            (PickleFunctionKind.Dict, [PickleSequence pairs]) => Pairs(pairs),
            (PickleFunctionKind.Sequence, []) => Make(new PickleSequence()),
            (PickleFunctionKind.Sequence, [PickleSequence inner]) => Sequence(inner.Items),
            (PickleFunctionKind.Parameter, [PickleTensor tensor, ..]) => tensor,
            (PickleFunctionKind.Tensor, [PickleStorage storage, long offset, PickleSequence sizes, PickleSequence strides, ..]) =>
                Tensor(storage, offset, sizes, strides),
            _ => throw new ContentException($"calls {function.Kind} with invalid arguments."),
        };
    }

    private PickleDict Pairs(PickleSequence pairs)
    {
        var dict = Make(new PickleDict());
        foreach (var pair in pairs.Items)
        {
            if (pair is not PickleSequence { Items: [var key, var value] })
            {
                throw new ContentException("makes a dictionary of something other than pairs.");
            }

            dict.Set(key, value, budget);
        }

        return dict;
    }

    private PickleTensor Tensor(PickleStorage storage, long offset, PickleSequence sizes, PickleSequence strides)
    {
        budget.Objects(2);
        return new PickleTensor(storage, offset, Numbers(sizes), Numbers(strides));
    }

    /// <summary>Ignores the attributes of an object: a state dict has the versions of its modules, a NumPy scalar its byte order.</summary>
    private void Build()
    {
        var state = stack.Pop();
        if (state is not PickleContainer || stack.Peek() is not PickleDict)
        {
            throw new ContentException("sets attributes of something that has none.");
        }
    }

    /// <summary>('storage', type, key, device, count), and in older files the view metadata, which must be None.</summary>
    private PickleStorage Persistent(object? id)
    {
        if (id is not PickleSequence { Items: var parts }
            || parts is not ["storage", PickleFunction { Kind: PickleFunctionKind.Storage, Type: var type },
                string key, string, long count, ..]
            || key.Length > MaxKeyLength || count < 0 || (parts.Count > 5 && parts[5] is not null))
        {
            throw new ContentException("refers to something in the file that is not a storage.");
        }

        budget.Work(key.Length);
        var storage = Make(new PickleStorage(key, type, count));
        return storages.TryGetValue(key, out var known) && known != storage
            ? throw new ContentException($"describes storage {FileText.Shown(key)} in two ways.")
            : storages[key] = storage;
    }

    private ImmutableArray<long> Numbers(PickleSequence sequence)
    {
        if (sequence.Items.Count > SafetensorsEntry.MaxAxes)
        {
            throw new ContentException(
                $"a tensor has {sequence.Items.Count} sizes or strides; at most {SafetensorsEntry.MaxAxes} are read.");
        }

        budget.Objects(sequence.Items.Count);
        return [.. sequence.Items.Select(
            item => item is long number ? number : throw new ContentException("a tensor has a size or stride that is not an integer."))];
    }

    private PickleSequence Sequence(IReadOnlyList<object?> items)
    {
        var sequence = Make(new PickleSequence());
        sequence.AddRange(items, budget);
        return sequence;
    }

    private void Extend(object?[] items)
    {
        if (stack.Peek() is not PickleSequence sequence)
        {
            throw new ContentException("adds to something that is not a list.");
        }

        sequence.AddRange(items, budget);
    }

    private void SetItems(object?[] items)
    {
        if (stack.Peek() is not PickleDict dict)
        {
            throw new ContentException("sets an entry of something that is not a dictionary.");
        }

        SetItems(dict, items);
    }

    private PickleDict SetItems(PickleDict dict, object?[] items)
    {
        if (items.Length % 2 != 0)
        {
            throw new ContentException("has a key without a value.");
        }

        for (var i = 0; i < items.Length; i += 2)
        {
            dict.Set(items[i], items[i + 1], budget);
        }

        return dict;
    }

    private long MemoIndex(char code) => code switch
    {
        'q' or 'h' => reader.Byte(),
        'r' or 'j' => BinaryPrimitives.ReadUInt32LittleEndian(reader.Take(4)),
        '\u0094' => memo.Count,
        _ => reader.TextInteger() as long? ?? throw new ContentException("a memo index cannot be read."),
    };

    /// <summary>Pickle writers count memo indices up from 0 or 1. Arbitrary indices could be chosen to cause hash collisions.</summary>
    private void Remember(long index, object? value)
    {
        budget.Objects(1);
        if (index is < 0 or > PickleBudget.MaxObjects)
        {
            throw new ContentException(
                $"stores a value at memo index {index}, but 0 to {PickleBudget.MaxObjects} is expected.");
        }

        memo[index] = value;
    }

    private object? Remembered(long index) =>
        memo.TryGetValue(index, out var value) ? value : throw new ContentException("refers to a memo index that was not stored.");

    private T Make<T>(T value)
    {
        budget.Objects(1);
        return value;
    }
}
