using FcnSharp.Networks;
using FcnSharp.Tensors;
using FcnSharp.Tests.Support;
using FcnSharp.Training.Checkpoints;

namespace FcnSharp.Torch.Tests.Training.Checkpoints;

public sealed class CheckpointFileTests
{
    private static readonly CheckpointFile Small = new(
        new Dictionary<string, string> { ["state"] = "{}", ["options"] = "ü" },
        [new("weights/a", [2, 1], new[] { 1.5f, -0f }), new("optimizer/a", [1], new[] { 3e-38f })]);

    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        using var folder = new TempFolder();

        Small.Write(folder["c.safetensors"]);
        var read = CheckpointFile.Read(folder["c.safetensors"]);

        Assert.Equal("ü", read.Texts["options"]);
        Assert.Equal(Small.Tensors.Select(tensor => tensor.Name), read.Tensors.Select(tensor => tensor.Name));
        Assert.Equal([1.5f, -0f], read.Tensors[0].Values.ToArray());
        Assert.True(float.IsNegative(read.Tensors[0].Values.Span[1]));
    }

    [Fact]
    public void Read_AnyByteChanged_IsRefused()
    {
        using var folder = new TempFolder();
        Small.Write(folder["c.safetensors"]);
        var bytes = File.ReadAllBytes(folder["c.safetensors"]);

        for (var i = 0; i < bytes.Length; i++)
        {
            var damaged = bytes.ToArray();
            damaged[i] ^= 4;
            File.WriteAllBytes(folder["damaged"], damaged);

            // White space between the tokens of the header is ignored, in every form that JSON allows.
            if (bytes[i] != ' ')
            {
                Assert.Throws<WeightFileException>(() => CheckpointFile.Read(folder["damaged"]));
            }
        }
    }

    [Fact]
    public void Read_CutOffAnywhere_IsRefused()
    {
        using var folder = new TempFolder();
        Small.Write(folder["c.safetensors"]);
        var bytes = File.ReadAllBytes(folder["c.safetensors"]);

        for (var length = 0; length < bytes.Length; length++)
        {
            File.WriteAllBytes(folder["damaged"], bytes[..length]);
            Assert.Throws<WeightFileException>(() => CheckpointFile.Read(folder["damaged"]));
        }
    }
}
