using FcnSharp.Benchmarks.Peers;
using FcnSharp.Imaging;

namespace FcnSharp.Benchmarks;

/// <summary>Compares the labels and scores of the managed engine with those of the TorchSharp module on real photos.</summary>
internal sealed class AgreementCommand : Command
{
    private static readonly string[] Extensions = [".jpg", ".jpeg", ".png", ".webp", ".bmp"];

    private static readonly ReportColumn[] Columns =
    [
        new("pixels", "pixels", "F0"),
        new("same_labels", "same labels", "P4"),
        new("difference", "scores differ", "E1"),
        new("largest", "largest score", "F2"),
    ];

    public override string Name => "agreement";

    public override string Usage =>
        "[DIR|FILE ...] [--longer-side PIXELS] [--threads N] [--model street|FILE] [--width FACTOR] [--json FILE]";

    public override IReadOnlyCollection<string> Options => ["longer-side", "threads", .. BenchmarkModel.Options, .. Report.Options];

    public override bool TakesWords => true;

    public override int Run(Arguments arguments)
    {
        var files = FilesOf(arguments);
        var longerSide = arguments.Count("longer-side", 512);
        var threads = arguments.Count("threads", Environment.ProcessorCount);
        var network = BenchmarkModel.From(arguments);
        using var ours = Peer.Create("ours", network, threads);
        using var torch = Peer.Create("torchsharp", network, threads);

        var report = new Report(Name, $"{BenchmarkModel.Describe(network)}, longer side of photos {longerSide} pixels", Columns);
        var comparisons = new List<PeerComparison>();
        foreach (var file in files)
        {
            var picture = Scaled(RgbImage.Load(file), longerSide);
            var compared = PeerComparison.Of(ours, torch, picture);
            comparisons.Add(compared);
            report.Row(Path.GetFileName(file), compared.Pixels, compared.SameLabels, compared.Difference, compared.LargestScore);
        }

        report.Ratio("labels", comparisons.Sum(item => item.SameLabels * item.Pixels) / comparisons.Sum(item => item.Pixels), "F6");
        report.Ratio("scores", comparisons.Max(item => item.Difference), "E1");
        report.Ratio("photos", files.Count, "F0");
        report.Publish(arguments);
        return comparisons.TrueForAll(item => item.IsEqual) ? 0 : 1;
    }

    private static List<string> FilesOf(Arguments arguments)
    {
        List<string> files =
        [
            .. arguments.Words.SelectMany(path => Directory.Exists(path)
                ? Directory.EnumerateFiles(path).Where(file => Extensions.Contains(Path.GetExtension(file).ToLowerInvariant()))
                    .Order(StringComparer.Ordinal)
                : Enumerable.Repeat(path, 1)),
        ];
        return files.Count > 0 ? files
            : arguments.Words.Count == 0 ? [BenchmarkPicture.PhotoPath]
            : throw arguments.Refuse($"there is no photo in {string.Join(", ", arguments.Words)}");
    }

    /// <summary>Scales a photo down to this longer side; smaller photos are not scaled.</summary>
    private static RgbImage Scaled(RgbImage picture, int longerSide)
    {
        var scale = Math.Min(1, (double)longerSide / Math.Max(picture.Width, picture.Height));
        return picture.Resize(Side(picture.Width), Side(picture.Height));

        int Side(int side) => Math.Max(1, (int)Math.Round(scale * side));
    }
}
