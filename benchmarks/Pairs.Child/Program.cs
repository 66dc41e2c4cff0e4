// Segments one picture for every line that it is sent, and answers with the milliseconds; after the last line, with the most memory that
// it held, in bytes. It uses only what every version of the library has.
//   Pairs.Child MODEL PICTURE

using System.Diagnostics;
using System.Globalization;
using FcnSharp.Imaging;
using FcnSharp.Prediction;

using var predictor = FcnPredictor.Load(args[0]);
var picture = RgbImage.Load(args[1]);
while (Console.ReadLine() is not null)
{
    var clock = Stopwatch.StartNew();
    predictor.Segment(picture);
    Console.WriteLine(clock.Elapsed.TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
}

using var process = Process.GetCurrentProcess();
Console.WriteLine(process.PeakWorkingSet64.ToString(CultureInfo.InvariantCulture));
