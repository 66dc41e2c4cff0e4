using FcnSharp.Engine.Kernels;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Engine.Kernels;

/// <summary>The defining property of the three transforms: A^T ((G g) * (B^T d)) is the correlation of d with g (Lavin and Gray, 2015,
/// equation 5).</summary>
public unsafe class WinogradTransformsTests
{
    [Fact]
    public void Transforms_OfEveryWidth_GiveTheCorrelation()
    {
        AssertCorrelation<Lanes128>();
        AssertCorrelation<Lanes256>();
        AssertCorrelation<Lanes512>();
    }

    private static void AssertCorrelation<T>()
        where T : struct, ILanes<T>
    {
        var lanes = T.Count;
        var values = GoldenFill.Values("transforms", 9 * lanes, 1);
        var result = stackalloc float[6 * lanes];
        fixed (float* d = values)
        {
            var g = d + (6 * lanes);
            var filter = WinogradTransforms.OfFilter(T.Load(g), T.Load(g + lanes), T.Load(g + (2 * lanes)));
            var input = WinogradTransforms.OfInput(Six<T>.Load(d, lanes));
            WinogradTransforms.OfProducts(Product(filter, input)).StoreFour(result, lanes);

            for (var i = 0; i < 4 * lanes; i++)
            {
                var expected = ((double)d[i] * g[i % lanes]) + ((double)d[i + lanes] * g[(i % lanes) + lanes]) +
                    ((double)d[i + (2 * lanes)] * g[(i % lanes) + (2 * lanes)]);
                Assert.Equal(expected, result[i], 1e-5);
            }
        }
    }

    private static Six<T> Product<T>(Six<T> a, Six<T> b)
        where T : struct, ILanes<T>
    {
        var zero = T.Broadcast(0);
        return new Six<T>
        {
            V0 = T.MultiplyAdd(a.V0, b.V0, zero), V1 = T.MultiplyAdd(a.V1, b.V1, zero), V2 = T.MultiplyAdd(a.V2, b.V2, zero),
            V3 = T.MultiplyAdd(a.V3, b.V3, zero), V4 = T.MultiplyAdd(a.V4, b.V4, zero), V5 = T.MultiplyAdd(a.V5, b.V5, zero),
        };
    }
}
