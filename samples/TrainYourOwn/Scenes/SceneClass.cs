namespace TrainYourOwn.Scenes;

/// <summary>The classes of the drawn scenes; the values are the class ids.</summary>
internal enum SceneClass : byte
{
    Sky,
    Ground,
    House,
    Tree,
    Ball,
}
