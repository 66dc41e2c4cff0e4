using BenchmarkDotNet.Attributes;
using FcnSharp.Engine;
using FcnSharp.Engine.Cpu;
using FcnSharp.Engine.Kernels;

namespace FcnSharp.Benchmarks.Kernels;

/// <summary>Labels of a row against its upsampled scores: the cost of the arg-max of 21 classes at each of 512 pixels.</summary>
public unsafe class LabelRowBenchmarks
{
    private const int Stride = 8;
    private const int Width = 512;

    private ChannelMap coarse = null!;
    private RowWriter write = null!;
    private RowClassifier classifier = null!;
    private AlignedBuffer row = null!;
    private AnswerBuffers answer = null!;
    private int next;

    [GlobalSetup]
    public void Setup()
    {
        var network = EngineParts.Network(channels: 8);
        var classes = network.Options.NumClasses;
        var rows = EngineParts.LastUpsampler(network);
        coarse = EngineParts.Noise(Width / Stride, classes);
        row = EngineParts.Noise(rows.RowLength(coarse, Width));
        write = rows.Over(coarse, Width, Width);
        classifier = EngineParts.Classifier(rows, coarse, Width);
        answer = new AnswerBuffers(new ClassificationRequest { Width = Width, Height = Width }, classes);
    }

    [GlobalCleanup]
    public void Cleanup() => coarse.Dispose();

    [Benchmark(Baseline = true)]
    public float Scores()
    {
        write(Next(), row.Pointer);
        return *row.Pointer;
    }

    [Benchmark]
    public byte ScoresAndLabels()
    {
        var y = Next();
        classifier.Classify(y, answer);
        return answer.LabelRow(y)[0];
    }

    /// <summary>A different row each time, because the classifier caches the scores of the last two rows.</summary>
    private int Next() => next = (next + 1) % Width;
}
