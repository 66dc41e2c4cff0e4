// Feeds hostile files to every reader of the library, in child processes with limits, and counts the outcomes.
//   dotnet run -c Release --project tests/FcnSharp.Fuzz                                   75,000 inputs for each reader
//   dotnet run -c Release --project tests/FcnSharp.Fuzz -- --minutes 2                    as many as two minutes allow
//   dotnet run -c Release --project tests/FcnSharp.Fuzz -- --reader voc --seed 42         one input again
// Exits with 1 if a reader failed. See docs/reference/robustness.md.

using System.Globalization;
using FcnSharp.Fuzz;
using FcnSharp.Fuzz.Protocol;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["--child", var folder])
{
    Child.Serve(folder);
    return 0;
}

if (Settings.Parse(args) is not { } settings)
{
    Console.Error.WriteLine(Settings.Usage);
    return 2;
}

if (settings.Seed is { } seed)
{
    using var replay = new Replay(settings, settings.Readers[0], seed);
    return await replay.RunAsync() ? 1 : 0;
}

var state = CampaignState.Load(settings.State);
await new Campaign(settings, state).RunAsync();

Console.WriteLine();
foreach (var failure in state.Failures)
{
    Console.WriteLine($"{failure.Count} times --reader {failure.Reader} --seed {failure.Seed}: {failure.Signature}");
}

Console.WriteLine(state.ToTable());
if (settings.Table is { } table)
{
    File.WriteAllText(table, state.ToTable());
}

return state.Failures.Count == 0 ? 0 : 1;
