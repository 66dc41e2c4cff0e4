using FcnSharp.Evaluation;

namespace FcnSharp.Benchmarks;

/// <summary>Draws the loss and, if they were measured, the scores of a training from its run folders. Several folders are consecutive
/// parts of the training.</summary>
internal sealed class CurvesCommand : Command
{
    public override string Name => "curves";

    public override string Usage => "--out FILE.svg RUNFOLDER ...";

    public override IReadOnlyCollection<string> Options => ["out"];

    public override bool TakesWords => true;

    public override int Run(Arguments arguments)
    {
        var path = arguments.Require("out");
        if (arguments.Words.Count == 0)
        {
            throw arguments.Refuse("no run folder given");
        }

        TrainingCurves.Load(arguments.Words).SaveSvg(path);
        Console.WriteLine($"curves: {path}");
        return 0;
    }
}
