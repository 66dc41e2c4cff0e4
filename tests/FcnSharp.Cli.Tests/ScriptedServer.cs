using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FcnSharp.CliTests;

/// <summary>A local web server whose responses are written by the test, byte by byte.</summary>
internal sealed class ScriptedServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, NetworkStream, Task> answer;

    /// <param name="answer">Gets the head of a request and writes the response; then the connection is closed.</param>
    public ScriptedServer(Func<string, NetworkStream, Task> answer)
    {
        this.answer = answer;
        listener.Start();
        _ = ServeAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/models/");

    /// <summary>The heads of the requests, in order.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Writes the head of a response and its body.</summary>
    public static async Task WriteAsync(NetworkStream stream, string status, string headers, ReadOnlyMemory<byte> body)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nConnection: close\r\n{headers}\r\n"));
        await stream.WriteAsync(body);
    }

    public void Dispose() => listener.Dispose();

    private async Task ServeAsync()
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = await listener.AcceptTcpClientAsync();
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                return;
            }

            _ = AnswerAsync(client);
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await using var stream = client.GetStream();
                var head = await HeadAsync(stream);
                lock (Requests)
                {
                    Requests.Add(head);
                }

                await answer(head, stream);
            }
            catch (IOException)
            {
                // The client has disconnected, as tests of interruptions do on purpose.
            }
        }
    }

    private static async Task<string> HeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var letter = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(letter) == 1)
        {
            head.Append((char)letter[0]);
        }

        return head.ToString();
    }
}
