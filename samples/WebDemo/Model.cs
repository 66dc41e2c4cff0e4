using FcnSharp.Prediction;

namespace WebDemo;

/// <summary>The properties of a network that the page shows, and the limits for pictures.</summary>
/// <param name="Name">The network's name, if its file states one.</param>
/// <param name="License">The licence of the weights, if the file states one.</param>
/// <param name="Engine">The engine, with threads and instruction set.</param>
/// <param name="Classes">The classes, in order of id from 0.</param>
/// <param name="WorkingSize">The side to which pictures are scaled for the network, in pixels; null if they are not scaled.</param>
/// <param name="WorkingSide">The side that is scaled to this size: "longer" or "shorter".</param>
/// <param name="Limits">Limits for pictures.</param>
internal sealed record Model(
    string? Name,
    string? License,
    string Engine,
    IReadOnlyList<ModelClass> Classes,
    int? WorkingSize,
    string WorkingSide,
    Limits Limits)
{
    public static Model Of(FcnPredictor predictor, Limits limits) => new(
        predictor.Card.Name,
        predictor.Card.License,
        predictor.EngineDescription,
        [
            .. predictor.Classes.Select((info, id) =>
                new ModelClass(id, info.Name, info.Color.ToString(), predictor.Classes.OverlayPalette[id].ToString())),
        ],
        predictor.Card.WorkingSize,
        predictor.Card.WorkingSide == FcnSharp.Networks.WorkingSide.Shorter ? "shorter" : "longer",
        limits);
}

/// <param name="Id">The class id, as in label maps.</param>
/// <param name="Name">The name of the class.</param>
/// <param name="Color">The colour in colour maps, such as "#804080".</param>
/// <param name="OverlayColor">The colour in overlays.</param>
internal sealed record ModelClass(int Id, string Name, string Color, string OverlayColor);

/// <param name="MaxBodyBytes">The largest file, in bytes.</param>
/// <param name="MaxPixels">The largest width times height, in pixels.</param>
internal sealed record Limits(long MaxBodyBytes, long MaxPixels);
