#:project ../src/FcnSharp.Core/FcnSharp.Core.csproj
#:project ../src/FcnSharp.StreetScenes/FcnSharp.StreetScenes.csproj
#:property PublishAot=false

// First steps with FcnSharp, to be read from top to bottom.
//   dotnet run -c Release samples/first-steps.cs                   a street photo that comes with the repository
//   dotnet run -c Release samples/first-steps.cs -- my-street.jpg  a photo of yours
// Outside of the repository, put these two lines in place of the first two:
//   #:package FcnSharp.Core@0.1.0
//   #:package FcnSharp.StreetScenes@0.1.0

using System.Globalization;
using FcnSharp;
using FcnSharp.Imaging;
using FcnSharp.Prediction;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var here = (string)AppContext.GetData("EntryPointFileDirectoryPath")!;
var photo = args is [var given] ? given : Path.Combine(here, "SegmentImage", "leuven.jpg");
var folder = Directory.CreateDirectory(Path.Combine(here, "out")).FullName;

// 1. A predictor is a network that is ready for pictures. Create one and keep it: it is thread-safe.
using var predictor = StreetScenes.CreatePredictor();
var names = string.Join(", ", predictor.Classes.Select(info => info.Name));
Console.WriteLine($"1. {predictor.Card.Name} knows {predictor.Classes.Count} classes: {names}");

// 2. It segments a file, a stream, bytes, or pixels that you have.
var result = predictor.Segment(photo);
Console.WriteLine($"2. {Path.GetFileName(result.PictureName)} has {result.Labels.Width}x{result.Labels.Height} pixels");

// 3. Shares say how much of the picture each class covers, largest first.
foreach (var share in result.Shares.Take(3))
{
    Console.WriteLine($"3. {share.Info.Name}: {share.Share:P1}");
}

// 4. Labels have the class of every pixel.
var (x, y) = (result.Labels.Width / 2, 20);
Console.WriteLine($"4. the pixel at ({x}, {y}) is {result.Classes[result.Labels[x, y]].Name}");

// 5. The overlay is for people.
result.SaveOverlay(Path.Combine(folder, "overlay.png"), new OverlayOptions { Legend = true });
Console.WriteLine("5. samples/out/overlay.png");

// 6. The label file is for programs: its pixels are the class ids, and they are read back exactly.
result.SaveLabels(Path.Combine(folder, "labels.png"));
var labels = LabelMap.Load(Path.Combine(folder, "labels.png"));
Console.WriteLine($"6. samples/out/labels.png has the same labels: {labels.Labels.Span.SequenceEqual(result.Labels.Labels.Span)}");

// 7. Regions are connected pixels of one class.
var regions = result.Labels.FindRegions(new RegionOptions { MinPixels = 500 });
var (largest, box) = (result.Classes[regions[0].ClassId].Name, regions[0].Box);
Console.WriteLine($"7. {regions.Count} regions of at least 500 pixels; the largest is {largest}, in a box of {box.Width}x{box.Height}");

// 8. JSON has all of it.
Console.WriteLine($"8. {result.ToJson().Split('\n').Length} lines of JSON");

// 9. Options decide what else is computed, such as how sure the network is.
using var careful = StreetScenes.CreatePredictor(new PredictorOptions { Confidence = true });
var confidence = careful.Segment(photo).Confidence!;
var unsure = confidence.Pixels.Span.ToArray().Count(value => value < 128) / (double)confidence.Pixels.Length;
Console.WriteLine($"9. at {unsure:P1} of the pixels the network is less than half sure");

// 10. What goes wrong is one line that names the file.
try
{
    predictor.Segment(Path.Combine(here, "first-steps.cs"));
}
catch (ImageFileException error)
{
    Console.WriteLine($"10. {Path.GetFileName(error.Path)}: {error.Reason}");
}
