using FcnSharp.Training.Loading;
using static TorchSharp.torch;

namespace FcnSharp.Training.Loop;

/// <summary>
/// Seeds libtorch's random generator before each use: the random numbers depend only on the seed and the position, so that there is no
/// state to save.
/// </summary>
internal static class Randomness
{
    private const int StartPurpose = -1;
    private const int StepPurpose = -2;

    /// <summary>Seeds the generator before a stage's network is initialised.</summary>
    public static void Start(int seed, int stage) => Set(Seeds.Mix(seed, StartPurpose, stage));

    /// <summary>Seeds the generator before a batch is processed, for dropout.</summary>
    public static void Step(int seed, long step, int part) => Set(Seeds.Mix((long)Seeds.Mix(seed, StepPurpose, step), part, 0));

    private static void Set(ulong seed)
    {
        // libtorch owns the generator; only a handle is disposed.
        using var generator = manual_seed((long)(seed >> 1));
    }
}
