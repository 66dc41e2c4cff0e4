using System.Collections.Immutable;
using System.Diagnostics;
using FcnSharp.Engine;
using FcnSharp.Evaluation;
using FcnSharp.Networks;
using FcnSharp.Prediction;
using FcnSharp.Torch;
using FcnSharp.Training.Learning;
using FcnSharp.Training.Loading;
using FcnSharp.Training.Planning;
using FcnSharp.Training.Reports;

namespace FcnSharp.Training.Loop;

/// <summary>
/// The part of a run in one process. All decisions depend only on the step, so that a resumed process does the same as an uninterrupted
/// one.
/// </summary>
internal sealed class TrainingRun(
    TrainingPlan plan, TrainingLoader loader, TorchDevice device, RunFolder? folder, IProgress<TrainingProgress>? progress,
    CancellationToken cancellationToken)
{
    private const int MostAtOnce = 16;

    private readonly Pace pace = new();
    private readonly Stopwatch sinceCheckpoint = Stopwatch.StartNew();
    private readonly List<string> warnings = [];
    private RunState state = new();
    private ImmutableArray<long> classPixels = [];
    private FcnNetwork? best;

    public TrainingResult Run()
    {
        var resumed = folder?.Resume(Warn);
        (state, classPixels) = resumed is null ? (new RunState(), CountPixels()) : (resumed.State, resumed.ClassPixels);
        foreach (var warning in plan.Warnings)
        {
            Warn(warning);
        }

        folder?.OpenLog(state.Step);
        var (epoch, index) = Math.DivRem(state.Step * plan.Options.Accumulation, loader.BatchesPerEpoch);
        using var batches = loader.Read(checked((int)epoch), (int)index, CancellationToken.None).GetEnumerator();

        return Result(RunStages(batches, resumed));
    }

    /// <summary>Runs all stages and returns the final network of the last one.</summary>
    private FcnNetwork RunStages(IEnumerator<TrainingBatch> batches, ResumePoint? resumed)
    {
        FcnNetwork? ended = null;
        for (var stage = plan.StageOf(state.Step); stage < plan.Stages.Length; stage++)
        {
            using var learner = new Learner(plan, stage, ended, Weights(), device.Device);
            if (resumed is not null)
            {
                learner.Restore(resumed.Tensors);
                resumed = null;
            }
            else
            {
                (state, best) = (state with { Best = null }, null);
            }

            RunStage(stage, learner, batches);
            ended = learner.ToNetwork(Cards.Of(plan, state.Step, state.IsEvaluated ? state.History[^1] : null));
        }

        return ended!;
    }

    private void RunStage(int stage, Learner learner, IEnumerator<TrainingBatch> batches)
    {
        var end = plan.StartOf(stage + 1);
        var saved = state;
        try
        {
            while (true)
            {
                if (plan.IsEvaluatedAfter(state.Step) && !state.IsEvaluated)
                {
                    Evaluate(learner);
                }

                if (state != saved && (state.Step == end || sinceCheckpoint.Elapsed >= plan.Options.CheckpointInterval))
                {
                    saved = Save(learner);
                }

                if (state.Step == end)
                {
                    return;
                }

                cancellationToken.ThrowIfCancellationRequested();
                Step(stage, learner, batches);
            }
        }
        catch (OperationCanceledException) when (state != saved)
        {
            Save(learner);
            throw;
        }
    }

    private void Step(int stage, Learner learner, IEnumerator<TrainingBatch> batches)
    {
        var (step, rate) = (state.Step, plan.RateAt(state.Step));
        var loss = pace.Step(() => learner.Step(batches, step, step - plan.StartOf(stage), rate));
        state = state.With(loss);
        if (state.Step % plan.Options.LogInterval == 0)
        {
            folder?.Log(state.Step, state.LossSum / plan.Options.LogInterval, rate, PicturesPerSecond!.Value, WaitingShare);
            state = state with { LossSum = 0 };
        }

        Report();
    }

    private RunState Save(Learner learner)
    {
        folder?.Save(state, classPixels, learner);
        sinceCheckpoint.Restart();
        return state;
    }

    private void Evaluate(Learner learner)
    {
        var scores = pace.Evaluate(() =>
        {
            var network = learner.ToNetwork(Cards.Of(plan, state.Step, scores: null));
            using var predictor = FcnPredictor.Create(network, engine: new CpuEngineOptions { Threads = plan.Options.Threads });
            var result = Evaluator.Run(predictor, plan.Validation!, new EvaluationOptions { Examples = 0, PicturesAtOnce = AtOnce },
                cancellationToken: cancellationToken);
            var found = ValidationScores.From(state.Step, result.Metrics);
            if (folder is not null)
            {
                folder.Log(found, Samples(predictor));
            }

            return found;
        });

        if (state.Best is null || scores.MeanIoU > state.Best.MeanIoU)
        {
            best = learner.ToNetwork(Cards.Of(plan, state.Step, scores));
            folder?.SaveBest(best);
            state = state with { Best = scores };
        }

        state = state with { History = state.History.Add(scores) };
        Report();
    }

    private int? AtOnce => plan.Options.Threads is { } threads ? Math.Min(threads, MostAtOnce) : null;

    private List<SamplePrediction> Samples(FcnPredictor predictor) =>
    [
        .. SamplePrediction.Choose(plan.Validation!.Count, plan.Options.SamplePredictions)
            .Select(index => SamplePrediction.Of(predictor, plan.Validation, index, cancellationToken)),
    ];

    private ImmutableArray<long> CountPixels()
    {
        if (plan is { Options.CheckPictures: true, Validation: { } validation })
        {
            ClassCounts.Of(validation, cancellationToken);
        }

        return plan.Options.CheckPictures || plan.Options.Loss.Weighting != ClassWeighting.None
            ? ClassCounts.Of(plan.Training, cancellationToken)
            : [];
    }

    private double[]? Weights() =>
        plan.Options.Loss.Weighting == ClassWeighting.None ? null : ClassWeights.From(plan.Options.Loss, classPixels);

    private TrainingResult Result(FcnNetwork last) => new()
    {
        Network = state.Best is null ? last : best ?? folder!.LoadBest(),
        Scores = state.Best,
        History = state.History,
        Steps = state.Step,
        TrainingTime = pace.Training,
        EvaluationTime = pace.Evaluation,
        WaitingTime = loader.Waited,
        Warnings = [.. warnings],
    };

    private double? PicturesPerSecond => plan.Options.BatchSize * plan.Options.Accumulation / pace.SecondsPerStep;

    private double WaitingShare => pace.Training > TimeSpan.Zero ? Math.Min(1, loader.Waited / pace.Training) : 0;

    private void Warn(string warning)
    {
        warnings.Add(warning);
        Report(warning);
    }

    private void Report(string? warning = null)
    {
        var stage = plan.StageOf(state.Step);
        progress?.Report(new TrainingProgress
        {
            Stage = plan.Stages[stage],
            StageNumber = stage + 1,
            StageCount = plan.Stages.Length,
            Epoch = plan.EpochAfter(state.Step),
            Step = state.Step,
            StepCount = plan.StepCount,
            Loss = state.Loss,
            LearningRate = state.Step > 0 ? plan.RateAt(state.Step - 1) : 0,
            PicturesPerSecond = PicturesPerSecond,
            WaitingShare = WaitingShare,
            TimeLeft = TimeLeft,
            Validation = state.History.LastOrDefault(),
            Warning = warning,
        });
    }

    private TimeSpan? TimeLeft => pace.SecondsPerStep is { } seconds
        ? TimeSpan.FromSeconds(((plan.StepCount - state.Step) * seconds) + (plan.EvaluationsAfter(state.Step) * pace.SecondsPerEvaluation))
        : null;
}
