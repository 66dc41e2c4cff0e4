using FcnSharp.Networks;
using FcnSharp.Tests.Support;
using FcnSharp.Weights;

namespace FcnSharp.Tests.Weights;

/// <summary>Whole reports against approved ones, with the name of every loaded tensor in its file.</summary>
public class LoadReportTests
{
    public static TheoryData<string, string, CheckpointOptions> Reports => new()
    {
        { "trainer", "paper-trainer-dataparallel.pth", new() },
        { "other-classes", "paper.caffemodel", new() { NumClasses = 12 } },
        { "backbone", "torchvision-vgg-bn.pth", new() },
        { "compact-head", "torchvision-vgg.pth", new() { Layout = FcnLayout.Compact, Variant = FcnVariant.Fcn32s } },
        { "shortened", "resnet50-narrow.pth", new() { Blocks = new ResNetBlocks(3, 4, 6, 1), Variant = FcnVariant.Fcn4s } },
        { "dilated", "fcn-resnet50-narrow-dataparallel.pth", new() },
    };

    [Theory]
    [MemberData(nameof(Reports), DisableDiscoveryEnumeration = true)]
    public void ToString_OfACheckpoint_IsTheApprovedReport(string name, string file, CheckpointOptions options)
    {
        var report = Checkpoint.Load(CheckpointFiles.At(file), options).Report;

        ApprovedText.AssertIs(
            $"Files/Reports/{name}.txt", $"{report}\n{string.Join('\n', report.Loaded.Select(line => $"{line.Tensor}: {line.Note}"))}");
    }
}
