using System.Collections.Immutable;
using FcnSharp.Tensors;

namespace FcnSharp.Networks;

/// <summary>Infers the options of a network from the shapes of its state dict.</summary>
internal static class OptionsInference
{
    /// <summary>
    /// The inferred options, or the first tensor that is needed to infer them and is missing. <see cref="StateDict.FindMismatch"/> checks
    /// whether all tensors fit. All-at-once scaling leaves no trace in the tensors and is assumed to be off.
    /// </summary>
    public static (NetworkOptions? Options, TensorMismatch? Missing) From(IReadOnlyDictionary<string, ImmutableArray<int>> shapes)
    {
        TensorMismatch? missing = null;
        var isResNet = shapes.Keys.Any(name => name.StartsWith(ResNetTrunkGraph.Prefix, StringComparison.Ordinal));
        if (isResNet && shapes.ContainsKey($"{DilatedFcnOptions.ScoreLayer}.weight"))
        {
            var dilated = new DilatedFcnOptions { NumClasses = Size($"{DilatedFcnOptions.ScoreLayer}.weight", axis: 0, 2, 255) };
            return Complete(dilated with { Trunk = ResNet() with { Block = ResNetBlock.Bottleneck } });
        }

        var variant = HasSkip("2b") ? FcnVariant.Fcn4s
            : HasSkip("3b") ? FcnVariant.Fcn8s
            : HasSkip("4b") ? FcnVariant.Fcn16s
            : FcnVariant.Fcn32s;
        return Complete(new FcnOptions
        {
            Variant = variant,
            Layout = !isResNet && Size("fc6.0.weight", axis: 2, 1, variant == FcnVariant.Fcn4s ? 1 : 7) == 7
                ? FcnLayout.Original
                : FcnLayout.Compact,
            NumClasses = Size("fc8.weight", axis: 0, 2, 255),
            Trunk = isResNet ? ResNet() : Vgg(),
        });

        (NetworkOptions? Options, TensorMismatch? Missing) Complete(NetworkOptions options) =>
            missing is null ? (options, null) : (null, missing);

        // One of the two layers of a skip connection is enough: if the other is missing, FindMismatch refuses the file.
        bool HasSkip(string name) => shapes.ContainsKey($"score_{name}.0.weight") || shapes.ContainsKey($"upscore_{name}.weight");

        VggTrunkOptions Vgg() => new()
        {
            BatchNorm = shapes.Keys.Any(name => name.Contains(".bn.", StringComparison.Ordinal)),
            Widths = new VggWidths
            {
                Stage1 = Width("conv1.0.weight"),
                Stage2 = Width("conv2.0.weight"),
                Stage3 = Width("conv3.0.weight"),
                Stage4 = Width("conv4.0.weight"),
                Stage5 = Width("conv5.0.weight"),
                Head = Width("fc6.0.weight"),
            },
        };

        ResNetTrunkOptions ResNet() => new()
        {
            Block = shapes.ContainsKey("backbone.layer1.0.conv3.weight") ? ResNetBlock.Bottleneck : ResNetBlock.Basic,
            Blocks = new ResNetBlocks(Blocks(1), Blocks(2), Blocks(3), Blocks(4)),
            Width = Size("backbone.conv1.weight", axis: 0, 1, ResNetTrunkOptions.MaxWidth),
            BatchNorm = shapes.ContainsKey("backbone.bn1.weight"),
        };

        // A stage with no blocks or too many blocks gets a count in range; FindMismatch then refuses the file for the difference.
        int Blocks(int stage) => Math.Max(1, Enumerable.Range(0, ResNetBlocks.Max)
            .TakeWhile(i => shapes.ContainsKey($"backbone.layer{stage}.{i}.conv1.weight")).Count());

        int Width(string name) => Size(name, axis: 0, 1, 16384);

        int Size(string name, int axis, int min, int max)
        {
            var found = shapes.TryGetValue(name, out var shape);
            if (found && shape.Length == 4 && shape[axis] >= min && shape[axis] <= max)
            {
                return shape[axis];
            }

            missing ??= new TensorMismatch(
                name,
                $"4 sizes, number {axis + 1} of them {min} to {max}",
                found ? NamedTensor.ShapeText(shape) : "no such tensor");
            return min;
        }
    }
}
