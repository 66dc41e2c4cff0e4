// Tests samples/WebDemo under load and under attack: normal clients send valid, oversized and corrupt pictures all the time; in the middle
// third, attackers read slowly, write slowly, send endless bodies, reset their connections, and send decompression bombs.
//   dotnet run -c Release --project benchmarks/FcnSharp.LoadTest                 12 clients, three times 30 seconds
//   dotnet run -c Release --project benchmarks/FcnSharp.LoadTest -- 50 10        50 clients, three times 10 seconds
// Exits with 1 if a response was wrong or had an unexpected status, or if the server's memory grew too much or was not released.

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
    : (12, 30);
var phase = TimeSpan.FromSeconds(seconds);
await using var server = await ServerProcess.StartAsync();
using var http = new HttpClient(new SocketsHttpHandler
{
    MaxConnectionsPerServer = clients,
    Expect100ContinueTimeout = TimeSpan.FromMinutes(1), // Clients that send Expect: 100-continue wait for the response.
})
{
    BaseAddress = server.Address, Timeout = TimeSpan.FromMinutes(2),
};

var (honest, attacks) = (new Tally(), new Tally());
using var end = new CancellationTokenSource(3 * phase);
var work = Task.WhenAll(Enumerable.Range(0, clients).Select(seed => new Client(http, honest, seed).RunAsync(end.Token)));
var before = await server.SampleMemoryAsync(phase);
using (var truce = new CancellationTokenSource(phase))
{
    var attack = Task.WhenAll(Attack.All.SelectMany(kind => Enumerable.Repeat(kind, kind.Clients))
        .Select(kind => kind.RunAsync(server.Address, attacks, truce.Token)));
    var during = await server.SampleMemoryAsync(phase);
    await attack;
    var after = await server.SampleMemoryAsync(phase);
    await work;

    Console.WriteLine($"{clients} clients, {3 * seconds} s");
    Console.WriteLine();
    honest.Print();
    Console.WriteLine();
    Console.WriteLine($"{Attack.All.Sum(kind => kind.Clients)} attackers, {seconds} s in the middle");
    Console.WriteLine();
    attacks.Print();
    Console.WriteLine();
    return new MemoryVerdict(before, during, after).Print() & honest.AllIntended & attacks.AllIntended ? 0 : 1;
}
