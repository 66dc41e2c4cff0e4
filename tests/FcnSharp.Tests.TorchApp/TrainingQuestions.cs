using System.Diagnostics;
using System.Runtime.InteropServices;
using FcnSharp.Torch.Tests.Training.Support;
using FcnSharp.Training;

namespace FcnSharp.Torch.Tests.App;

/// <summary>Training in a process that may be killed or has resource limits.</summary>
internal static partial class TrainingQuestions
{
    private const int FileSizeLimit = 1;
    private const int FileSizeSignal = 25;
    private const int StepsBeforeTheLimit = 3;

    /// <summary>Trains with a checkpoint after every step; prints a line for each.</summary>
    public static void Train(string folder, int steps) => Run(folder, steps, progress => Console.WriteLine($"step {progress.Step}"));

    /// <summary>After a few steps, limits the size of files to less than a checkpoint. Prints the trainer's error message.</summary>
    public static void TrainOnAFullDisk(string folder, int steps)
    {
        try
        {
            Run(folder, steps, progress =>
            {
                if (progress.Step == StepsBeforeTheLimit)
                {
                    LimitFilesTo(1 << 15);
                }
            });
        }
        catch (TrainingException exception)
        {
            Console.WriteLine(exception.Message);
        }
    }

    /// <summary>Prints the memory of the process, in MiB, when a fifth of the steps is done and at the end.</summary>
    public static void TrainAndMeasure(int steps) => Run(folder: null, steps, progress =>
    {
        if (progress.Step == steps / 5 || progress.Step == steps)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            using var process = Process.GetCurrentProcess();
            Console.WriteLine(process.WorkingSet64 >> 20);
        }
    });

    private static void Run(string? folder, int steps, Action<TrainingProgress> tell) => FcnTrainer.Run(
        new PaintedStreets(10),
        SmallRuns.Everything with { Folder = folder, Steps = steps, CheckpointInterval = TimeSpan.Zero },
        folder is null ? null : new PaintedStreets(2),
        new Teller(tell));

    private static void LimitFilesTo(long bytes)
    {
        // Without a handler the signal would end the process before the write can fail.
        Signal(FileSizeSignal, handler: 1);
        var limit = new Limit { Soft = (nuint)bytes, Hard = (nuint)bytes };
        if (SetLimit(FileSizeLimit, ref limit) != 0)
        {
            throw new InvalidOperationException($"setrlimit failed: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    private static partial int SetLimit(int resource, ref Limit limit);

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint Signal(int number, nint handler);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public nuint Soft;
        public nuint Hard;
    }

    /// <summary>Reports synchronously, on the training thread.</summary>
    private sealed class Teller(Action<TrainingProgress> tell) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Warning is null)
            {
                tell(value);
            }
        }
    }
}
