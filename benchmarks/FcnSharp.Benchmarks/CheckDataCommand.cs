using FcnSharp.Data;

namespace FcnSharp.Benchmarks;

/// <summary>Checks CamVid with <see cref="DatasetDoctor"/>.</summary>
internal sealed class CheckDataCommand : Command
{
    public override string Name => "check-data";

    public override string Usage => "--camvid DIR [--splits train,val]";

    public override IReadOnlyCollection<string> Options => ["camvid", "splits"];

    public override int Run(Arguments arguments)
    {
        var folder = arguments.Require("camvid");
        var splits = (arguments.Find("splits") ?? "train,val").Split(',');

        var report = DatasetDoctor.Check(splits.Select(split => new CamVidDataset(folder, split)));

        Console.Write(report.ToText());
        return report.IsSound ? 0 : 1;
    }
}
