using System.Collections.Immutable;
using FcnSharp.Data;
using FcnSharp.Evaluation;
using FcnSharp.Fuzz.Generators;
using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Training;
using FcnSharp.Training.Checkpoints;
using FcnSharp.Training.Loop;
using FcnSharp.Training.Planning;

namespace FcnSharp.Fuzz.Readers;

/// <summary>Readers of a training run's folder: its checkpoints, tables and TensorBoard file. libtorch is not loaded for these.</summary>
internal static class RunReaders
{
    private const long Step = 10;
    private const string CheckpointName = "checkpoint-000000004.safetensors";
    private const string EventsName = "events.out.tfevents.0.fcnsharp";

    private static readonly TrainingPlan Plan = TrainingPlan.Make(new OnePicture(), new OnePicture(), TrainingOptions.FromScratch with
    {
        Network = new FcnOptions
        {
            Trunk = new VggTrunkOptions
            {
                BatchNorm = true,
                Widths = new VggWidths { Stage1 = 2, Stage2 = 2, Stage3 = 2, Stage4 = 2, Stage5 = 2, Head = 2 },
            },
        },
        BatchSize = 1,
        Steps = 8,
    });

    public static ImmutableArray<Reader> All { get; } =
    [
        new("run-state", typeof(TrainingException), [CheckpointGrammar.Of(RunDescription.Of(Plan).ToJson())], (input, place) =>
            Open(place, folder => place.Put(Path.Combine(folder, CheckpointName), input.Bytes))),
        new("events", typeof(TrainingException), [EventGrammar.Format], (input, place) =>
            Open(place, folder => place.Put(Path.Combine(folder, EventsName), input.Bytes))),
        new("csv", typeof(TrainingException), [TextGrammars.Csv], (input, place) =>
            Open(place, folder => place.Put(Path.Combine(folder, input.IsVariation ? "validation.csv" : "training.csv"), input.Bytes))),
        new("curves", typeof(IOException), [TextGrammars.Csv], DrawCurves),
        new("run-folder", typeof(TrainingException), [LayoutGrammar.Format], (input, place) => Open(place, folder => Lay(input, folder))),
    ];

    /// <summary>Opens the folder as a run does before its first step.</summary>
    private static Answer Open(Workplace place, Action<string> put)
    {
        var folder = place.Clear("run");
        put(folder);
        using var run = new RunFolder(Plan, folder);
        run.Resume(_ => { });
        run.OpenLog(Step);
        return default;
    }

    private static Answer DrawCurves(Input input, Workplace place)
    {
        var folder = place.Clear("run");
        place.Put(Path.Combine(folder, "training.csv"), input.Bytes);
        TrainingCurves.Load(folder).WriteSvg(Stream.Null);
        return default;
    }

    private static void Lay(Input input, string folder)
    {
        string[] names =
        [
            CheckpointName, "checkpoint-000000009.safetensors", "checkpoint-99999999999999999999.safetensors", "training.csv",
            "validation.csv", EventsName, "lock", "checkpoint-000000004.safetensors.1.tmp", "samples", "best.safetensors",
        ];
        for (var i = 0; i + 1 < input.Bytes.Length; i += 2)
        {
            var path = Path.Combine(folder, names[input.Bytes[i] % names.Length]);
            if (Path.Exists(path) || new FileInfo(path).LinkTarget is not null)
            {
                continue;
            }

            switch (input.Bytes[i + 1] % 5)
            {
                case 0: Directory.CreateDirectory(path); break;
                case 1: File.WriteAllBytes(path, input.Bytes); break;
                case 2: File.CreateSymbolicLink(path, Path.Combine(folder, "nowhere")); break;
                case 3: File.CreateSymbolicLink(path, path); break;
                default: File.CreateSymbolicLink(path, folder); break;
            }
        }
    }

    /// <summary>A plan needs a data set; nothing is read from it.</summary>
    private sealed class OnePicture : ISegmentationDataset
    {
        public string Name => "none";

        public ClassList Classes { get; } = ClassList.Numbered(3);

        public int IgnoreId => LabelMap.IgnoreId;

        public int Count => 1;

        public string NameOf(int index) => "none";

        public SegmentationSample Load(int index) => throw new InvalidOperationException("The campaign trains on no picture.");
    }
}
