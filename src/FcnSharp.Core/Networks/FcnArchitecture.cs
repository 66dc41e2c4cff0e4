using System.Collections.Immutable;

namespace FcnSharp.Networks;

/// <summary>
/// The layers of an FCN, as data: five VGG stages (2, 2, 3, 3, 3 convolutions, each stage closed by a 2x2 max pool with
/// stride 2 that rounds up), fc6 and fc7, score layers, and upsamplers. Names are those of the state dict.
/// </summary>
public sealed class FcnArchitecture
{
    private static readonly ImmutableArray<int> ConvolutionsPerStage = [2, 2, 3, 3, 3];

    /// <summary>Lays out the network that <paramref name="options"/> describes.</summary>
    /// <exception cref="ArgumentException">The options contradict each other; see <see cref="FcnOptions.Validate"/>.</exception>
    public FcnArchitecture(FcnOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();

        Alignment = FcnAlignment.Of(options);
        Stages = TrunkStages(options.Widths);

        var (widths, classes) = (options.Widths, options.NumClasses);
        var fc6Kernel = options.Layout == FcnLayout.Original ? 7 : 1;
        Fc6 = new ConvolutionSpec("fc6.0", widths.Stage5, widths.Head, fc6Kernel, Padding: 0);
        Fc7 = new ConvolutionSpec("fc7.0", widths.Head, widths.Head, Kernel: 1, Padding: 0);
        Fc8 = new ConvolutionSpec("fc8", widths.Head, classes, Kernel: 1, Padding: 0);

        // What the first upsampler does not enlarge, the next ones do: 32 = 2 x 16 = 2 x 2 x 8.
        var stride = (int)options.Variant;
        Upscore = Upsampling("upscore", options.Variant == FcnVariant.Fcn32s ? stride : 2);
        if (options.Variant != FcnVariant.Fcn32s)
        {
            Score4b = new ConvolutionSpec("score_4b.0", widths.Stage4, classes, Kernel: 1, Padding: 0);
            Upscore4b = Upsampling("upscore_4b", options.Variant == FcnVariant.Fcn16s ? stride : 2);
        }

        if (options.Variant == FcnVariant.Fcn8s)
        {
            Score3b = new ConvolutionSpec("score_3b.0", widths.Stage3, classes, Kernel: 1, Padding: 0);
            Upscore3b = Upsampling("upscore_3b", stride);
        }

        UpsamplingSpec Upsampling(string name, int stride) =>
            new(name, classes, stride, Alignment.TrimsUpsampling ? stride / 2 : 0, HasBias: options.Layout == FcnLayout.Compact);

        ImmutableArray<ImmutableArray<ConvolutionSpec>> TrunkStages(VggWidths widths)
        {
            ImmutableArray<int> stageWidths = [widths.Stage1, widths.Stage2, widths.Stage3, widths.Stage4, widths.Stage5];
            var channels = 3;
            var stages = ImmutableArray.CreateBuilder<ImmutableArray<ConvolutionSpec>>();
            for (var stage = 0; stage < stageWidths.Length; stage++)
            {
                var convolutions = ImmutableArray.CreateBuilder<ConvolutionSpec>();
                for (var i = 0; i < ConvolutionsPerStage[stage]; i++)
                {
                    var padding = (stage, i) == (0, 0) ? Alignment.FirstPadding : 1;
                    convolutions.Add(new ConvolutionSpec($"conv{stage + 1}.{2 * i}", channels, stageWidths[stage], Kernel: 3, padding));
                    channels = stageWidths[stage];
                }

                stages.Add(convolutions.ToImmutable());
            }

            return stages.ToImmutable();
        }
    }

    /// <summary>Paddings and crops.</summary>
    public FcnAlignment Alignment { get; }

    /// <summary>The five stages of the trunk, each a run of 3x3 convolutions with ReLU, closed by a max pool.</summary>
    public ImmutableArray<ImmutableArray<ConvolutionSpec>> Stages { get; }

    /// <summary>The first layer of the head, on pool5; ReLU and dropout follow.</summary>
    public ConvolutionSpec Fc6 { get; }

    /// <summary>The second layer of the head; ReLU and dropout follow.</summary>
    public ConvolutionSpec Fc7 { get; }

    /// <summary>Class scores at stride 32.</summary>
    public ConvolutionSpec Fc8 { get; }

    /// <summary>Class scores of pool4, at stride 16; null for FCN-32s.</summary>
    public ConvolutionSpec? Score4b { get; }

    /// <summary>Class scores of pool3, at stride 8; null for FCN-32s and FCN-16s.</summary>
    public ConvolutionSpec? Score3b { get; }

    /// <summary>Enlarges the stride-32 scores: to stride 16, or to the picture for FCN-32s.</summary>
    public UpsamplingSpec Upscore { get; }

    /// <summary>Enlarges the stride-16 sum: to stride 8, or to the picture for FCN-16s; null for FCN-32s.</summary>
    public UpsamplingSpec? Upscore4b { get; }

    /// <summary>Enlarges the stride-8 sum to the picture; null for FCN-32s and FCN-16s.</summary>
    public UpsamplingSpec? Upscore3b { get; }

    /// <summary>The convolutions that a ReLU follows, first to last: the trunk's thirteen, fc6 and fc7.</summary>
    public IEnumerable<ConvolutionSpec> RectifiedConvolutions
    {
        get
        {
            foreach (var stage in Stages)
            {
                foreach (var layer in stage)
                {
                    yield return layer;
                }
            }

            yield return Fc6;
            yield return Fc7;
        }
    }

    /// <summary>The score layers that the variant has: fc8, then pool4's and pool3's.</summary>
    public IEnumerable<ConvolutionSpec> ScoreLayers => new[] { Fc8, Score4b, Score3b }.OfType<ConvolutionSpec>();

    /// <summary>The upsamplers that the variant has, first to last.</summary>
    public IEnumerable<UpsamplingSpec> Upsamplers => new[] { Upscore, Upscore4b, Upscore3b }.OfType<UpsamplingSpec>();

    /// <summary>Scale of pool4 before its score layer when skips are trained at once (voc-fcn8s-atonce, net.py).</summary>
    public const float AtOncePool4Scale = 0.01f;

    /// <summary>Scale of pool3 before its score layer when skips are trained at once (voc-fcn8s-atonce, net.py).</summary>
    public const float AtOncePool3Scale = 0.0001f;
}
