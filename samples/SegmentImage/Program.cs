// The smallest program: pictures in, class maps out.
//   dotnet run -c Release --project samples/SegmentImage                    the bundled street photo, results in samples/SegmentImage/out
//   dotnet run -c Release --project samples/SegmentImage -- my.jpg ...      your pictures, results beside them

using System.Globalization;
using FcnSharp;
using FcnSharp.Imaging;
using SegmentImage;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

using var predictor = StreetScenes.CreatePredictor();
Console.WriteLine($"model:  {predictor.Card.Name}");
Console.WriteLine($"engine: {predictor.EngineDescription}");

var failed = false;
foreach (var job in Job.FromArguments(args))
{
    try
    {
        var segmentation = predictor.Segment(job.Picture);
        Directory.CreateDirectory(job.Folder);

        segmentation.SaveOverlay(job.Output("overlay"), new OverlayOptions { Legend = true });
        segmentation.SaveColorMap(job.Output("colors"));
        segmentation.SaveLabels(job.Output("labels"));

        Report.Print(job, segmentation);
    }
    catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine($"error: {exception.Message}");
        failed = true;
    }
}

return failed ? 2 : 0;
