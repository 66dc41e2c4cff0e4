// Measures the library's accuracy and speed:
//   dotnet run -c Release --project benchmarks/FcnSharp.Benchmarks -- accuracy --camvid DIR --split val
//   dotnet run -c Release --project benchmarks/FcnSharp.Benchmarks -- peers
// Without a command, the error lists the commands. docs/benchmarks.md describes them; docs/reference/training.md shows training and curves.

using System.Globalization;
using FcnSharp.Benchmarks;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

Command[] commands =
[
    new AccuracyCommand(), new EvaluationCommand(), new CheckDataCommand(), new WorkingSizeCommand(),
    new PeersCommand(), new PairsCommand(), new ScalingCommand(), new StagesCommand(),
    new LoadCommand(), new CallersCommand(), new LargeCommand(), new AgreementCommand(), new ColdStartCommand(),
    new TrainingCommand(), new KernelsCommand(), new ChartCommand(), new CurvesCommand(),
];
try
{
    var name = args.FirstOrDefault()
        ?? throw new UsageException($"no command given. Commands: {string.Join(", ", commands.Select(command => command.Name))}.");
    var command = Array.Find(commands, command => command.Name == name)
        ?? throw new UsageException($"unknown command \"{name}\". " +
            $"Commands: {string.Join(", ", commands.Select(command => command.Name))}.");
    return command.Run(Arguments.Parse(args[1..], command));
}
catch (Exception exception) when (exception is UsageException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"error: {exception.Message}");
    return 2;
}
