namespace TrainYourOwn.Scenes;

/// <summary>What a drawn scene is made of; the values are the class ids.</summary>
internal enum SceneClass : byte
{
    Sky,
    Ground,
    House,
    Tree,
    Ball,
}
