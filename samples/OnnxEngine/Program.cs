// A custom engine: exports the street-scenes network as ONNX and runs it on ONNX Runtime.
//   dotnet run -c Release --project samples/OnnxEngine                 the bundled street photo
//   dotnet run -c Release --project samples/OnnxEngine -- my.jpg ...   your pictures

using System.Globalization;
using FcnSharp;
using FcnSharp.Prediction;
using FcnSharp.Weights;
using OnnxEngine;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

var network = StreetScenes.LoadNetwork();
var file = Path.Combine(AppContext.BaseDirectory, "street-scenes.onnx");
OnnxExporter.Export(network, file);

using var predictor = new FcnPredictor(new OnnxRuntimeEngine(file, network.Card));
Console.WriteLine($"engine: {predictor.EngineDescription}");

try
{
    foreach (var picture in args.Length > 0 ? args : [Path.Combine(AppContext.BaseDirectory, "leuven.jpg")])
    {
        var segmentation = predictor.Segment(picture);
        Console.WriteLine($"{Path.GetFileName(picture)}, {segmentation.Picture.Width}x{segmentation.Picture.Height} pixels");
        foreach (var share in segmentation.Shares)
        {
            Console.WriteLine($"  {share.Info.DisplayName,-12} {share.Share,6:P1}");
        }
    }
}
catch (IOException exception)
{
    Console.Error.WriteLine($"error: {exception.Message}");
    return 2;
}

return 0;
