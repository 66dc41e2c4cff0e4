using FcnSharp.Benchmarks.ColdStart;
using FcnSharp.Imaging;

namespace FcnSharp.Benchmarks;

/// <summary>
/// Measures a program that segments one photo with the street-scene model: time from process start until three pictures are written, and
/// size on disk. Compares the sample on the .NET runtime and as a native program with the same job on TorchSharp and ONNX Runtime.
/// Publishes all of them first.
/// </summary>
internal sealed class ColdStartCommand : Command
{
    private static readonly ReportColumn[] Columns =
    [
        new("megabytes", "MB on disk", "F1"),
        new("size_to_ours", "to ours", "F2"),
        new("seconds", "seconds", "F3"),
        new("to_ours", "to ours", "F2"),
        new("same_labels", "same labels", "P3"),
    ];

    public override string Name => "coldstart";

    public override string Usage => "[--rounds N] [--json FILE]";

    public override IReadOnlyCollection<string> Options => ["rounds", .. Report.Options];

    public override int Run(Arguments arguments)
    {
        var rounds = arguments.Count("rounds", 10);
        using var folder = new TemporaryFolder();
        var network = StreetScenes.LoadNetwork();
        var programs = ColdProgram.PublishAll(folder, network);

        // The photo has the model's working size, so that no program has to scale it.
        var width = network.Card.WorkingSize!.Value;
        var height = width * 3 / 4;
        BenchmarkPicture.Photo(width, height).Save(folder.At("photo.jpg"));
        var photo = File.ReadAllBytes(folder.At("photo.jpg"));
        for (var round = 0; round < rounds; round++)
        {
            foreach (var program in programs)
            {
                program.Run(photo);
            }
        }

        var (ours, native, torch, onnx) = (programs[0], programs[1], programs[2], programs[3]);
        var report = new Report(
            Name, $"one {width}x{height} photo, process start to pictures written, " +
                $"framework-dependent but for the native one, {rounds - 1} rounds, medians", Columns);
        foreach (var program in programs)
        {
            report.Row(
                program.Name, program.Size / 1e6, (double)program.Size / ours.Size, program.Seconds, program.Seconds / ours.Seconds,
                Agreement(program.Labels, ours.Labels));
        }

        report.Ratio("size:torchsharp/ours", (double)torch.Size / ours.Size, "F1");
        report.Ratio("size:onnxruntime/ours", (double)onnx.Size / ours.Size, "F1");
        report.Ratio("time:torchsharp/ours", torch.Seconds / ours.Seconds);
        report.Ratio("time:onnxruntime/ours", onnx.Seconds / ours.Seconds);
        report.Ratio("time:torchsharp/native", torch.Seconds / native.Seconds);
        report.Ratio("time:onnxruntime/native", onnx.Seconds / native.Seconds);
        var same = programs.Min(program => Agreement(program.Labels, ours.Labels));
        report.Ratio("labels", same, "F6");
        report.Publish(arguments);
        return same >= 0.999 ? 0 : 1;
    }

    private static double Agreement(LabelMap actual, LabelMap expected) =>
        actual.Labels.ToArray().Zip(expected.Labels.ToArray(), (a, b) => a == b ? 1.0 : 0).Average();
}
