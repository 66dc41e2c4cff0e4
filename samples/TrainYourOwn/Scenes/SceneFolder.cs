using FcnSharp.Imaging;

namespace TrainYourOwn.Scenes;

/// <summary>Drawn scenes as a folder of pictures and masks, laid out as a folder of your own would be.</summary>
internal static class SceneFolder
{
    private const int Count = 200;

    /// <summary>Draws the scenes, always the same ones, unless they are there already.</summary>
    /// <returns>The folder.</returns>
    public static string Draw(string folder)
    {
        var (images, labels) = (Path.Combine(folder, "images"), Path.Combine(folder, "labels"));
        var classes = Path.Combine(folder, "classes.txt");
        if (File.Exists(classes))
        {
            return folder;
        }

        Directory.CreateDirectory(images);
        Directory.CreateDirectory(labels);
        var names = Enum.GetNames<SceneClass>().Select(name => name.ToLowerInvariant()).ToArray();
        var palette = Palette.Distinct(names.Length);
        for (var number = 1; number <= Count; number++)
        {
            var scene = Scene.Draw(number);
            scene.ToPicture().Save(Path.Combine(images, $"scene-{number:d3}.png"));
            scene.ToLabels().Save(Path.Combine(labels, $"scene-{number:d3}.png"), palette);
        }

        // Last, because it says that the others are there.
        File.WriteAllLines(classes, names);
        return folder;
    }
}
