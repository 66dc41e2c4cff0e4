#:project ../src/FcnSharp.Core/FcnSharp.Core.csproj
#:project ../src/FcnSharp.StreetScenes/FcnSharp.StreetScenes.csproj
#:property PublishAot=false

// Writes an evaluation report without licensed photos: the bundled model on streets that this program draws.
// Run: dotnet run -c Release eng/sample-report.cs -- REPORT.html

using FcnSharp;
using FcnSharp.Data;
using FcnSharp.Evaluation;
using FcnSharp.Imaging;

const int Width = 480;
const int Height = 360;
const byte Sky = 0, Building = 1, Pole = 2, Road = 3, Pavement = 4, Tree = 5, Car = 8, Void = 11;

if (args is not [var output])
{
    Console.Error.WriteLine("usage: dotnet run eng/sample-report.cs -- REPORT.html");
    return 2;
}

var temporary = Directory.CreateTempSubdirectory("fcnsharp-").FullName;
try
{
    var folder = Path.Combine(temporary, "Drawn");
    Directory.CreateDirectory(Path.Combine(folder, "streets"));
    Directory.CreateDirectory(Path.Combine(folder, "labels"));
    for (var seed = 1; seed <= 12; seed++)
    {
        var labels = DrawStreet(new Random(seed));
        Paint(labels, new Random(seed)).Save(Path.Combine(folder, "streets", $"street-{seed:00}.png"));
        labels.Save(Path.Combine(folder, "labels", $"street-{seed:00}.png"), Palette.CamVid);
    }

    var dataset = new FolderDataset(folder, new FolderDatasetOptions { Classes = ClassList.CamVid, IgnoreId = Void, Pictures = "streets" });
    using var predictor = StreetScenes.CreatePredictor();
    var result = Evaluator.Run(predictor, dataset, new EvaluationOptions { Examples = 2 });
    result.SaveReport(output);
    Console.WriteLine($"{output}: mean IoU {result.Metrics.MeanIoU:F3}");
}
finally
{
    Directory.Delete(temporary, recursive: true);
}

return 0;

static LabelMap DrawStreet(Random random)
{
    var labels = new byte[Width * Height];
    var horizon = random.Next(150, 190);
    var vanishing = random.Next(180, 300);
    for (var x = 0; x < Width;)
    {
        // Houses grow towards the sides, as in the perspective view along a street.
        var (house, roof) = (random.Next(40, 110), horizon - 20 - (Math.Abs(x - vanishing) / 2) - random.Next(30));
        Box(Building, x, roof, house, Height);
        x += house + (random.Next(4) == 0 ? random.Next(20, 60) : 0);
    }

    for (var y = horizon; y < Height; y++)
    {
        var depth = (double)(y - horizon) / (Height - horizon);
        Box(Pavement, (int)(vanishing - 30 - (depth * 320)), y, (int)(60 + (depth * 640)), 1);
        Box(Road, (int)(vanishing - 20 - (depth * 220)), y, (int)(40 + (depth * 440)), 1);
    }

    for (var i = random.Next(1, 4); i > 0; i--)
    {
        var (x, radius) = (random.Next(Width), random.Next(25, 60));
        Box(Tree, x - 5, horizon - 20, 10, 50);
        Disc(Tree, x, horizon - 20 - radius, radius);
    }

    Box(Pole, random.Next(20, 140), 60, 6, horizon);
    Box(Pole, random.Next(340, 460), 80, 5, horizon - 20);
    for (var i = random.Next(1, 3); i > 0; i--)
    {
        var (x, size) = (vanishing + random.Next(-120, 90), random.Next(26, 60));
        Box(Car, x, horizon + size, size * 2, size * 2 / 3);
        Box(Car, x + (size / 3), horizon + (size / 2), size * 4 / 3, size);
    }

    Box(Void, 0, Height - 12, Width, 12);
    return new LabelMap(labels, Width, Height);

    void Box(byte id, int left, int top, int width, int height)
    {
        for (var y = Math.Max(0, top); y < Math.Min(Height, top + height); y++)
        {
            for (var x = Math.Max(0, left); x < Math.Min(Width, left + width); x++)
            {
                labels[(y * Width) + x] = id;
            }
        }
    }

    void Disc(byte id, int centreX, int centreY, int radius)
    {
        for (var dy = -radius; dy <= radius; dy++)
        {
            var half = (int)Math.Sqrt((radius * radius) - (dy * dy));
            Box(id, centreX - half, centreY + dy, 2 * half, 1);
        }
    }
}

static RgbImage Paint(LabelMap labels, Random random)
{
    var colors = new Dictionary<byte, RgbColor>
    {
        [Sky] = new(225, 232, 238), [Building] = new(112, 88, 74), [Pole] = new(60, 62, 60), [Road] = new(78, 80, 86),
            [Pavement] = new(138, 132, 126),
        [Tree] = new(58, 78, 44), [Car] = new(48, 30, 34), [Void] = new(20, 20, 20),
    };
    var pixels = new byte[3 * Width * Height];
    for (var i = 0; i < Width * Height; i++)
    {
        var (x, y, id) = (i % Width, i / Width, labels.Labels.Span[i]);
        var grain = random.Next(-1, 2) * (id == Tree ? 22 : id is Sky or Road ? 2 : 7);
        var window = id == Building && x / 9 % 3 == 1 && y / 14 % 3 == 1 ? -52 : 0;
        var shade = grain + window + (id == Pavement ? (y - 260) / 8 : 0);
        var color = colors[id];
        (pixels[3 * i], pixels[(3 * i) + 1], pixels[(3 * i) + 2]) = (Lit(color.R, shade), Lit(color.G, shade), Lit(color.B, shade));
    }

    return new RgbImage(pixels, Width, Height);
}

static byte Lit(byte value, int shade) => (byte)Math.Clamp(value + shade, 0, 255);
