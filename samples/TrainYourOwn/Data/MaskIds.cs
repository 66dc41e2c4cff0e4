using FcnSharp.Data;
using FcnSharp.Imaging;

namespace TrainYourOwn.Data;

/// <summary>Finds the class ids in the masks, for folders without a class list.</summary>
internal static class MaskIds
{
    /// <summary>Numbered classes up to the highest id of any mask.</summary>
    public static ClassList ToClasses(Settings settings)
    {
        var ignored = settings.Ignore ?? LabelMap.IgnoreId;
        var masks = new FolderDataset(settings.Data!, new FolderDatasetOptions { Classes = ClassList.Numbered(255), IgnoreId = ignored });
        var found = new long[256];
        for (var index = 0; index < masks.Count; index++)
        {
            var counts = masks.Load(index).Labels.CountPixels();
            for (var id = 0; id < found.Length; id++)
            {
                found[id] += counts[id];
            }
        }

        found[ignored] = 0;
        var highest = Array.FindLastIndex(found, count => count > 0);
        return highest >= 1
            ? ClassList.Numbered(highest + 1)
            : throw new DatasetException(
                DatasetFault.BlackWhiteMask,
                settings.Data!,
                $"the masks have only one class besides the ignored id {ignored}.",
                "If 255 is a class in the masks, store it as 1; or name the classes in classes.txt.");
    }
}
