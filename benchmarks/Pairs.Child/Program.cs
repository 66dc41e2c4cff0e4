// Segments the picture once for every line of standard input and prints the milliseconds; at the end of the input, prints the peak memory
// in bytes. Uses only API that every version of the library has.
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
