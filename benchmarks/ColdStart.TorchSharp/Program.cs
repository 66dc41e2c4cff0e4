// The job of samples/SegmentImage on TorchSharp: ColdStart.TorchSharp MODEL.safetensors PHOTO writes three pictures beside the photo.
// Published and timed by: dotnet run -c Release --project benchmarks/FcnSharp.Benchmarks -- coldstart

using ColdStart;
using FcnSharp.Models;
using FcnSharp.Networks;
using TorchSharp;

if (args is not [var modelPath, var photoPath])
{
    Console.Error.WriteLine("error: give a model file and a photo.");
    return 2;
}

using var model = FcnModule.From(FcnNetwork.Load(modelPath));
using var photo = new Photo(photoPath);

using var scope = torch.NewDisposeScope();
using var untracked = torch.inference_mode();
var images = torch.tensor(photo.Normalized(), [1, 3, photo.Height, photo.Width]);
var labels = model.call(images).argmax(1).to(torch.ScalarType.Byte);

Results.Write(photoPath, photo, [.. labels.data<byte>()]);
return 0;
