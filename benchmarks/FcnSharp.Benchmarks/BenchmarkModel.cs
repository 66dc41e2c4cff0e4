using FcnSharp.Networks;
using FcnSharp.Tests.Support;

namespace FcnSharp.Benchmarks;

/// <summary>The networks that speed is measured on.</summary>
internal static class BenchmarkModel
{
    /// <summary>Options of the commands that measure a network.</summary>
    public static IReadOnlyCollection<string> Options { get; } = ["model", "width"];

    /// <summary>
    /// <c>--model street</c>, <c>--model FILE</c>, or by default the compact FCN-8s with 21 classes, its weights filled by the golden hash so that no
    /// score is zero; <c>--width 0.5</c> scales its channels.
    /// </summary>
    public static FcnNetwork From(Arguments arguments) => arguments.Find("model") switch
    {
        "street" => StreetScenes.LoadNetwork(),
        { } path => FcnNetwork.Load(path),
        null => FilledNetwork
            .Create(new FcnOptions { Widths = Scaled(arguments.FindNumbers("width")?[0] ?? 1) })
            .WithCard(new ModelCard { Normalization = Normalization.ImageNet }),
    };

    private static VggWidths Scaled(double factor)
    {
        var full = VggWidths.Standard;
        return new VggWidths
        {
            Stage1 = Channels(full.Stage1), Stage2 = Channels(full.Stage2), Stage3 = Channels(full.Stage3),
            Stage4 = Channels(full.Stage4), Stage5 = Channels(full.Stage5), Head = Channels(full.Head),
        };

        int Channels(int count) => Math.Max(1, (int)Math.Round(count * factor));
    }
}
