using System.Diagnostics;
using System.Globalization;
using FcnSharp.Runtime;
using FcnSharp.Torch.Tests.App;
using TorchSharp;

// Answers the questions of tests about a new process, one line of output each.
switch (args[0])
{
    case "reference":
        Console.WriteLine(LibtorchRuntime.Status);
        Console.WriteLine(typeof(torch).Assembly.GetName().Name);
        break;

    case "tensor-first":
        Console.WriteLine(SumOfOnes());
        LibtorchRuntime.EnsureLoaded();
        Console.WriteLine(LibtorchRuntime.Status);
        break;

    case "ensure":
        try
        {
            LibtorchRuntime.EnsureLoaded();
            Console.WriteLine(LibtorchRuntime.Status);
        }
        catch (LibtorchLoadException error)
        {
            Console.WriteLine(error.Message);
        }

        break;

    case "threads":
        using (var start = new Barrier(participantCount: 8))
        {
            var sums = new float[8];
            var threads = Enumerable.Range(0, sums.Length).Select(index => new Thread(() =>
            {
                start.SignalAndWait();
                if (index % 2 == 0)
                {
                    LibtorchRuntime.EnsureLoaded();
                }

                sums[index] = SumOfOnes();
            })).ToList();
            threads.ForEach(thread => thread.Start());
            threads.ForEach(thread => thread.Join());
            Console.WriteLine(sums.Sum());
        }

        break;

    case "train":
        TrainingQuestions.Train(args[1], int.Parse(args[2], CultureInfo.InvariantCulture));
        break;

    case "train-on-a-full-disk":
        TrainingQuestions.TrainOnAFullDisk(args[1], int.Parse(args[2], CultureInfo.InvariantCulture));
        break;

    case "train-and-measure":
        TrainingQuestions.TrainAndMeasure(int.Parse(args[1], CultureInfo.InvariantCulture));
        break;

    default:
        throw new ArgumentException($"Unknown question: {args[0]}.", nameof(args));
}

using var process = Process.GetCurrentProcess();
var libraries = process.Modules.Cast<ProcessModule>().Select(module => module.ModuleName).Where(IsTorch).Distinct();
Console.WriteLine($"native: {string.Join(' ', libraries.Order(StringComparer.Ordinal))}");

static bool IsTorch(string name) =>
    name.Contains("torch", StringComparison.OrdinalIgnoreCase) && !name.EndsWith("TorchSharp.dll", StringComparison.Ordinal)
    && !name.Contains("TorchApp", StringComparison.Ordinal);

static float SumOfOnes()
{
    using var ones = torch.ones(2, 2);
    using var sum = ones.sum();
    return sum.item<float>();
}
