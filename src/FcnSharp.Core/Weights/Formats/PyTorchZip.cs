using System.Text;
using FcnSharp.Networks;
using FcnSharp.Weights.Pickling;

namespace FcnSharp.Weights.Formats;

/// <summary>A file of torch.save since PyTorch 1.6: NAME/data.pkl is a pickle, NAME/data/KEY are the storages it refers to.</summary>
internal static class PyTorchZip
{
    private const string PickleName = "data.pkl";

    public static CheckpointContents Read(Stream stream)
    {
        var archive = ZipDirectory.Read(stream);
        var pickles = archive.Entries.Where(entry => entry.Name.EndsWith($"/{PickleName}", StringComparison.Ordinal)
            && entry.Name.Count(letter => letter == '/') == 1).ToList();
        if (pickles is not [var pickle])
        {
            throw new FormatException($"this zip archive has {pickles.Count} pickles called {PickleName} where a file of torch.save has " +
                "one. Give the .pth file itself, not an archive of files.");
        }

        var folder = pickle.Name[..^PickleName.Length];
        RefuseBigEndian(archive, folder);
        var root = new PickleMachine(archive.ReadAll(pickle, PickleMachine.MaxBytes), PickleName).Run();
        return StateDictFinder.Find(
            root, CheckpointFormat.PyTorch, tensor => tensor.ToStored(stream, () => Start(archive, folder, tensor.View.Storage)));
    }

    private static void RefuseBigEndian(ZipDirectory archive, string folder)
    {
        if (archive.Find($"{folder}byteorder") is { } entry
            && Encoding.ASCII.GetString(archive.ReadAll(entry, maxBytes: 64)).Trim() is var order && order != "little")
        {
            throw new FormatException($"the numbers are in {order}-endian order; only little-endian files are read. " +
                "Save the file on an ordinary machine.");
        }
    }

    private static long Start(ZipDirectory archive, string folder, PickleStorage storage)
    {
        var entry = archive.Find($"{folder}data/{storage.Key}")
            ?? throw new FormatException($"the archive has no entry {folder}data/{storage.Key}. Fetch or write the file again.");
        var wanted = checked(storage.Count * SafetensorsEntry.SizeOf(storage.Dtype)!.Value);
        return entry.Size >= wanted
            ? archive.Locate(entry)
            : throw new FormatException($"{entry.Name} has {entry.Size} bytes, " +
                $"but {storage.Count} numbers of type {storage.Dtype} take {wanted}. Fetch or write the file again.");
    }
}
