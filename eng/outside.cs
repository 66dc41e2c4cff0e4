#:project ../src/FcnSharp.Core/FcnSharp.Core.csproj
#:project ../src/FcnSharp.StreetScenes/FcnSharp.StreetScenes.csproj
#:property PublishAot=false
#:property NoWarn=MA0047

// Measures how well statistics of the scores detect pictures outside the training distribution of the street-scenes model: the area under
// the ROC curve, and the rates of a threshold from one half of the pictures on the other half. Run by eng/outside.sh.

using System.Globalization;
using FcnSharp;
using FcnSharp.Engine;
using FcnSharp.Imaging;

const int WorkingSize = 480;

// Distance of the threshold below the mean of one half of the known towns, in standard deviations.
const double Deviations = 2.5;

if (args is not [var data, var list, var photos])
{
    Console.Error.WriteLine("usage: eng/outside.sh DIR [PHOTOS]");
    return 2;
}

using var engine = new CpuEngine(StreetScenes.LoadNetwork());
var val = Directory.GetFiles(Path.Combine(data, "camvid", "val")).Order(StringComparer.Ordinal).Select(Measure).ToList();
var towns = File.ReadAllLines(Path.Combine(data, "labelmefacade", "other-towns.txt"))
    .Select(name => Measure(Directory.GetFiles(Path.Combine(data, "labelmefacade", "images"), $"{name}.*").Single())).ToList();
var outside = File.ReadAllLines(list).Skip(1).Select(line => line.Split('\t'))
    .Select(parts => Measure(Path.Combine(photos, parts[1], parts[2]))).ToList();

Console.WriteLine($"{val.Count} pictures of CamVid val, {towns.Count} of other towns, {outside.Count} others");
Console.WriteLine("statistic           AUROC  towns alone  threshold  false alarms: towns  CamVid  found");
foreach (var (name, of) in new (string, Func<Statistics, double>)[]
{
    ("largest softmax", item => item.Confidence), ("largest score", item => item.Largest), ("log-sum-exp", item => item.Energy),
})
{
    var known = Half(towns, 0).Select(of).ToList();
    var mean = known.Average();
    var threshold = mean - (Deviations * Math.Sqrt(known.Average(value => (value - mean) * (value - mean))));
    double Below(IEnumerable<Statistics> items) => items.Average(item => of(item) < threshold ? 1.0 : 0);
    var all = Area([.. Half(val, 1), .. Half(towns, 1)], Half(outside, 1), of);
    var ofTowns = Area(Half(towns, 1), Half(outside, 1), of);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{name,-18} {all,6:F3} {ofTowns,12:F3} {threshold,10:F2} {Below(Half(towns, 1)),20:F3} {Below(Half(val, 1)),7:F3} " +
        $"{Below(Half(outside, 1)),6:F3}"));
}

return 0;

static List<Statistics> Half(List<Statistics> items, int which) => [.. items.Where((_, i) => i % 2 == which)];

// AUROC: the fraction of pairs in which the known picture has the larger value.
static double Area(List<Statistics> known, List<Statistics> others, Func<Statistics, double> of) =>
    known.Average(one => others.Average(other => of(one) > of(other) ? 1 : of(one) < of(other) ? 0 : 0.5));

Statistics Measure(string path)
{
    var picture = RgbImage.Load(path);
    var scale = (double)WorkingSize / Math.Max(picture.Width, picture.Height);
    var scores = engine.Score(picture.Resize((int)Math.Max(32, picture.Width * scale), (int)Math.Max(32, picture.Height * scale)));
    var values = scores.Values.Span;
    var pixels = scores.Width * scores.Height;
    var (confidence, largest, energy) = (0.0, 0.0, 0.0);
    for (var i = 0; i < pixels; i++)
    {
        var most = float.NegativeInfinity;
        for (var at = i; at < values.Length; at += pixels)
        {
            most = MathF.Max(most, values[at]);
        }

        var sum = 0.0;
        for (var at = i; at < values.Length; at += pixels)
        {
            sum += Math.Exp(values[at] - most);
        }

        (confidence, largest, energy) = (confidence + (1 / sum), largest + most, energy + most + Math.Log(sum));
    }

    return new Statistics(confidence / pixels, largest / pixels, energy / pixels);
}

/// <summary>Means over the pixels of a picture: of the largest softmax probability, of the largest score, and of the logarithm of the sum
/// of exponentials of all scores (Liu et al., Energy-based out-of-distribution detection, 2020).</summary>
internal sealed record Statistics(double Confidence, double Largest, double Energy);
