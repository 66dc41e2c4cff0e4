// The job of samples/SegmentImage on ONNX Runtime: ColdStart.OnnxRuntime MODEL.onnx PHOTO writes three pictures beside the photo.
// The graph ends with ArgMax. Published and timed by: dotnet run -c Release --project benchmarks/FcnSharp.Benchmarks -- coldstart

using ColdStart;
using Microsoft.ML.OnnxRuntime;

if (args is not [var modelPath, var photoPath])
{
    Console.Error.WriteLine("error: give a model file and a photo.");
    return 2;
}

using var session = new InferenceSession(modelPath);
using var photo = new Photo(photoPath);

using var images = OrtValue.CreateTensorValueFromMemory(photo.Normalized(), [1, 3, photo.Height, photo.Width]);
using var run = new RunOptions();
using var results = session.Run(run, ["images"], [images], ["labels"]);
var labels = results[0].GetTensorDataAsSpan<long>();

var bytes = new byte[labels.Length];
for (var i = 0; i < bytes.Length; i++)
{
    bytes[i] = (byte)labels[i];
}

Results.Write(photoPath, photo, bytes);
return 0;
