using FcnSharp.Training.Loading;
using static TorchSharp.torch;

namespace FcnSharp.Training.Loop;

/// <summary>
/// Sets libtorch's random numbers anew before everything that draws: what is drawn follows from the seed and the position, so that there is
/// no state to save.
/// </summary>
internal static class Randomness
{
    private const int StartPurpose = -1;
    private const int StepPurpose = -2;

    /// <summary>Before a stage's network is filled.</summary>
    public static void Start(int seed, int stage) => Set(Seeds.Mix(seed, StartPurpose, stage));

    /// <summary>Before a batch goes through the network, for dropout.</summary>
    public static void Step(int seed, long step, int part) => Set(Seeds.Mix((long)Seeds.Mix(seed, StepPurpose, step), part, 0));

    private static void Set(ulong seed)
    {
        // The generator is libtorch's own; what is disposed of is a handle.
        using var generator = manual_seed((long)(seed >> 1));
    }
}
