// Trains a model on a folder of pictures and masks.
//   dotnet run -c Release --project samples/TrainYourOwn
//     a tiny network on scenes that the program draws; results in samples/TrainYourOwn/out
//   dotnet run -c Release --project samples/TrainYourOwn -- --data my-pictures --trunk resnet18
//     your pictures in my-pictures/images, masks in my-pictures/labels, on a trunk that was pretrained on ImageNet
//   dotnet run -c Release --project samples/TrainYourOwn -- --help

using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using FcnSharp.Runtime;
using FcnSharp.Torch;
using FcnSharp.Training;
using TrainYourOwn;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

using var stop = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

var parsed = CommandLine.Create(settings => Job.Run(settings, stop.Token)).Parse(args);
if (parsed.Errors is [var error, ..])
{
    return Fail(2, $"{error.Message} See --help.");
}

try
{
    return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (OperationCanceledException)
{
    return 130;
}
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
{
    return Fail(2, exception.Message);
}
catch (Exception exception) when (exception is TrainingException or TorchDeviceException or LibtorchLoadException)
{
    return Fail(1, exception.Message);
}

// The first Ctrl+C stops the training after the current step and saves a checkpoint; the second one ends the program.
void Stop(PosixSignalContext signal)
{
    signal.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}

static int Fail(int code, string message)
{
    Console.Error.WriteLine($"error: {message.ReplaceLineEndings(" ")}");
    return code;
}
