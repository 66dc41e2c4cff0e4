using FcnSharp.Imaging;

namespace TrainYourOwn.Scenes;

/// <summary>Writes drawn scenes to a folder of pictures and masks, with the same layout as the user's folders.</summary>
internal static class SceneFolder
{
    private const int Count = 200;

    /// <summary>The classes in the order of <see cref="SceneClass"/>.</summary>
    private static readonly ClassList Classes = new(
    [
        new("sky", new(64, 144, 255)), new("ground", new(150, 190, 60)), new("house", new(220, 50, 40)), new("tree", new(0, 90, 60)),
        new("ball", new(255, 200, 0)),
    ]);

    /// <summary>Draws the scenes, which are the same in every run, unless the folder already contains them.</summary>
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
        for (var number = 1; number <= Count; number++)
        {
            var scene = Scene.Draw(number);
            scene.ToPicture().Save(Path.Combine(images, $"scene-{number:d3}.png"));
            scene.ToLabels().Save(Path.Combine(labels, $"scene-{number:d3}.png"), Classes.Palette);
        }

        // Written last, because it marks the folder as complete.
        File.WriteAllLines(classes, Classes.Select(info => $"{info.Name} {info.Color}"));
        return folder;
    }
}
