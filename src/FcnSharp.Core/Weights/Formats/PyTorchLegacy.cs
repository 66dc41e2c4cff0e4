using System.Buffers.Binary;
using System.Numerics;
using FcnSharp.Support;
using FcnSharp.Tensors;
using FcnSharp.Weights.Pickling;

namespace FcnSharp.Weights.Formats;

/// <summary>
/// Reads a file of torch.save before PyTorch 1.6: five pickles (a magic number, the protocol, the machine, the object, the storage
/// keys), then each storage: its element count in eight bytes, and its values.
/// </summary>
internal static class PyTorchLegacy
{
    private const long ProtocolVersion = 1001;

    private static readonly BigInteger Magic =
        BigInteger.Parse("119547037146038801333356", System.Globalization.CultureInfo.InvariantCulture);

    public static CheckpointContents Read(Stream stream)
    {
        stream.Position = 0;
        var head = new byte[(int)Math.Min(stream.Length, PickleMachine.MaxBytes)];
        stream.ReadExactly(head);

        var machine = new PickleMachine(head, "first pickle");
        if (machine.Run() is not BigInteger magic || magic != Magic)
        {
            throw new ContentException("this is a pickle, but not one that torch.save wrote.",
                "In Python, torch.save the model's state_dict().");
        }

        if (machine.Next("second pickle") is not ProtocolVersion || machine.Next("third pickle") is not PickleDict system)
        {
            throw new ContentException("the first pickles of the file are not those of torch.save.");
        }

        if (system["little_endian"] is not true)
        {
            throw new ContentException("the numbers are not in little-endian order.", "Save the file on a little-endian machine.");
        }

        var root = machine.Next("pickle of the object");
        if (machine.Next("pickle of the storage keys") is not PickleSequence keys)
        {
            throw new ContentException("the list of storages is missing.");
        }

        var starts = LocateStorages(stream, machine, keys);
        return StateDictFinder.Find(root, CheckpointFormat.PyTorchLegacy, tensor => tensor.ToStored(
            stream,
            () => starts.TryGetValue(tensor.View.Storage.Key, out var start)
                ? start
                : throw new ContentException($"the file has no storage {tensor.View.Storage.Key}.")));
    }

    /// <summary>Offsets of the storages' values, in bytes from the start of the file.</summary>
    private static Dictionary<string, long> LocateStorages(Stream stream, PickleMachine machine, PickleSequence keys)
    {
        var starts = new Dictionary<string, long>(StringComparer.Ordinal);
        var at = (long)machine.Position;
        Span<byte> countBytes = stackalloc byte[sizeof(long)];
        foreach (var item in keys.Items)
        {
            if (item is not string key || !machine.Storages.TryGetValue(key, out var storage) || !starts.TryAdd(key, at + sizeof(long)))
            {
                throw new ContentException(
                    $"the list of storages names {FileText.Shown(item as string ?? PickleMachine.Describe(item))}, " +
                    "which the object does not use or which occurs twice.");
            }

            stream.Position = at;
            stream.ReadExactly(countBytes);
            var count = BinaryPrimitives.ReadInt64LittleEndian(countBytes);
            if (count != storage.Count)
            {
                throw new ContentException($"storage {key} at byte {at} has {count} numbers, " +
                    $"but the object expects {storage.Count}.");
            }

            var size = storage.Type.Size();
            at += sizeof(long);
            if (count > (stream.Length - at) / size)
            {
                throw new EndOfStreamException();
            }

            at += count * size;
        }

        return starts;
    }
}
