using FcnSharp.Networks;
using FcnSharp.Tests.Support;

namespace FcnSharp.Torch.Tests.Support;

/// <summary>Every kind of network, with every layer of the real one at 2 to 8 channels.</summary>
internal static class EveryNetwork
{
    /// <summary>Variant, layout, trained at once, batch norm.</summary>
    public static TheoryData<FcnVariant, FcnLayout, bool, bool> Kinds
    {
        get
        {
            var kinds = new TheoryData<FcnVariant, FcnLayout, bool, bool>();
            foreach (var batchNorm in new[] { false, true })
            {
                foreach (var (variant, layout) in FilledNetwork.VariantsAndLayouts)
                {
                    kinds.Add(variant, layout, false, batchNorm);
                }

                kinds.Add(FcnVariant.Fcn8s, FcnLayout.Original, true, batchNorm);
            }

            return kinds;
        }
    }

    public static FcnOptions Tiny(FcnVariant variant, FcnLayout layout = FcnLayout.Compact, bool atOnce = false, bool batchNorm = false) =>
        new()
        {
            Variant = variant, Layout = layout, AtOnce = atOnce, NumClasses = 3,
            Trunk = FilledNetwork.TinyTrunk with { BatchNorm = batchNorm },
        };
}
