using System.Text;

namespace FcnSharp.Tests.Support;

/// <summary>
/// Fills a tensor by an integer hash of its name and element index, as the PyTorch script that made the reference logits did:
/// seed = sum of (i + 1) * utf8[i]; z = k * 747796405 + seed * 2891336453; z = ((z >> ((z >> 28) + 4)) ^ z) * 277803737;
/// z = (z >> 22) ^ z; value = (2 z / 2^32 - 1) * amplitude. All in 32 bits.
/// </summary>
internal static class GoldenFill
{
    public const double BiasAmplitude = 0.1;

    public static float[] Values(string name, int count, double amplitude)
    {
        var seed = 0u;
        var position = 0u;
        foreach (var letter in Encoding.UTF8.GetBytes(name))
        {
            seed += ++position * letter;
        }

        var values = new float[count];
        for (var k = 0; k < count; k++)
        {
            var z = ((uint)k * 747796405u) + (seed * 2891336453u);
            z = ((z >> (int)((z >> 28) + 4)) ^ z) * 277803737u;
            z = (z >> 22) ^ z;
            values[k] = (float)(((2 * (z / 4294967296.0)) - 1) * amplitude);
        }

        return values;
    }
}
