// What samples/WebDemo does under load: many clients at once with good, oversized and corrupt pictures.
//   dotnet run -c Release --project benchmarks/FcnSharp.LoadTest                 200 clients, 60 seconds
//   dotnet run -c Release --project benchmarks/FcnSharp.LoadTest -- 50 10        50 clients, 10 seconds
// Exits with 1 if an answer was not one of the intended, or the server's memory grew.

using System.Globalization;
using FcnSharp.LoadTest;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args.Length is not (0 or 2)
    || !args.All(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0))
{
    Console.Error.WriteLine("error: give nothing, or the number of clients and of seconds.");
    return 2;
}

var (clients, seconds) = args.Length == 2
    ? (int.Parse(args[0], CultureInfo.InvariantCulture), int.Parse(args[1], CultureInfo.InvariantCulture))
    : (200, 60);
await using var server = await ServerProcess.StartAsync();
var tally = new Tally();
using var end = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
using var http = new HttpClient(new SocketsHttpHandler
{
    MaxConnectionsPerServer = clients,
    Expect100ContinueTimeout = TimeSpan.FromMinutes(1), // Whoever asks before sending waits for the answer.
})
{
    BaseAddress = server.Address, Timeout = TimeSpan.FromMinutes(2),
};

var memory = server.SampleMemoryAsync(end.Token);
await Task.WhenAll(Enumerable.Range(0, clients).Select(seed => new Client(http, tally, seed).RunAsync(end.Token)));

Console.WriteLine($"{clients} clients, {seconds} s");
Console.WriteLine();
tally.Print();
Console.WriteLine();
return new MemoryVerdict(await memory).Print() & tally.AllIntended ? 0 : 1;
