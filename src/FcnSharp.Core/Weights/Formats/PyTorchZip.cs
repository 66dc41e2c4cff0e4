using System.Text;
using FcnSharp.Support;
using FcnSharp.Tensors;
using FcnSharp.Weights.Pickling;

namespace FcnSharp.Weights.Formats;

/// <summary>Reads a file of torch.save since PyTorch 1.6: NAME/data.pkl is a pickle, NAME/data/KEY are the storages that it refers
/// to.</summary>
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
            throw new ContentException($"this zip archive has {pickles.Count} pickles called {PickleName}, but a file of torch.save has " +
            "exactly one.", "Give the .pth file itself, not an archive of files.");
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
            throw new ContentException($"the numbers are in {FileText.Shown(order)}-endian order; only little-endian files are read.",
                "Save the file on a little-endian machine.");
        }
    }

    private static long Start(ZipDirectory archive, string folder, PickleStorage storage)
    {
        var name = $"{folder}data/{storage.Key}";
        var entry = archive.Find(name)
            ?? throw new ContentException($"the archive has no entry {FileText.Shown(name)}.");
        return storage.Count <= entry.Size / storage.Type.Size()
            ? archive.Locate(entry)
            : throw new ContentException($"{FileText.Shown(entry.Name)} has {entry.Size} bytes, " +
                $"but {storage.Count} numbers of type {storage.Type.ShortName()} take more.");
    }
}
