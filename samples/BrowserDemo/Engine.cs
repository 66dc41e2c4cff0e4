using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;
using System.Text.Json;
using FcnSharp.Engine;
using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Prediction;
using WebDemo;

namespace BrowserDemo;

/// <summary>The functions that the worker calls: the library, on pictures that the browser has decoded.</summary>
[SupportedOSPlatform("browser")]
internal static partial class Engine
{
    /// <summary>Limits for pictures. A picture takes 7 bytes per pixel here and as many in the browser; WebAssembly has 2 GiB.</summary>
    private static readonly Limits Limits = new(MaxBodyBytes: 50 << 20, MaxPixels: 24_000_000);

    private static FcnPredictor? predictor;

    /// <summary>The runtime requires an entry point, which does nothing.</summary>
    public static void Main()
    {
    }

    /// <summary>Loads the network.</summary>
    /// <param name="file">The bytes of the model file.</param>
    /// <returns>The same JSON as the service's <c>api/model</c>.</returns>
    [JSExport]
    internal static string Load(byte[] file)
    {
        using var stream = new MemoryStream(file);
        predictor = FcnPredictor.Create(FcnNetwork.Load(stream), engine: new CpuEngineOptions { Threads = 1 });
        return JsonSerializer.Serialize(Model.Of(predictor, Limits), AnswerJson.Default.Model);
    }

    /// <summary>Finds the class of every pixel.</summary>
    /// <param name="rgba">Red, green, blue and alpha of each pixel, row by row.</param>
    /// <param name="width">Columns, in pixels.</param>
    /// <param name="height">Rows, in pixels.</param>
    /// <returns>The same JSON as the service's <c>application/json;labels=runs</c>.</returns>
    [JSExport]
    internal static string Segment(byte[] rgba, int width, int height)
    {
        var result = predictor!.Segment(RgbImage.FromRgba(rgba, width, height));
        return JsonSerializer.Serialize(
            result.ToJsonData(new RegionOptions { MinPixels = 50 }, withLabels: true), AnswerJson.Default.SegmentationJson);
    }
}
