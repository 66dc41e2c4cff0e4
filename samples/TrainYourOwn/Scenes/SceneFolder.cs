using FcnSharp.Imaging;

namespace TrainYourOwn.Scenes;

/// <summary>Drawn scenes as a folder of pictures and masks, laid out as a folder of your own would be.</summary>
internal static class SceneFolder
{
    private const int Count = 200;

    /// <summary>In the order of <see cref="SceneClass"/>.</summary>
    private static readonly ClassList Classes = new(
    [
        new("sky", new(64, 144, 255)), new("ground", new(150, 190, 60)), new("house", new(220, 50, 40)), new("tree", new(0, 90, 60)),
        new("ball", new(255, 200, 0)),
    ]);

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
        for (var number = 1; number <= Count; number++)
        {
            var scene = Scene.Draw(number);
            scene.ToPicture().Save(Path.Combine(images, $"scene-{number:d3}.png"));
            scene.ToLabels().Save(Path.Combine(labels, $"scene-{number:d3}.png"), Classes.Palette);
        }

        // Last, because it says that the others are there.
        File.WriteAllLines(classes, Classes.Select(info => $"{info.Name} {info.Color}"));
        return folder;
    }
}
