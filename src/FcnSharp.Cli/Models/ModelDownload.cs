using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using FcnSharp.Support;

namespace FcnSharp.Cli.Models;

/// <summary>Downloads a file by HTTPS: to a temporary file first, which is then renamed. An interrupted download is
/// resumed.</summary>
internal sealed class ModelDownload : IDisposable
{
    private const int MaxRedirects = 5;
    private const int ChunkBytes = 1 << 16;

    private readonly HttpClient client;
    private readonly TimeSpan patience;

    /// <param name="patience">Timeout for data from the server. The default is 60 seconds.</param>
    public ModelDownload(TimeSpan? patience = null)
    {
        this.patience = patience ?? TimeSpan.FromSeconds(60);

        // AskAsync follows redirects itself, because none may lead away from HTTPS. Proxies are those of the environment.
        client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = this.patience })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("fcn", ToolVersion.Number));
    }

    public void Dispose() => client.Dispose();

    /// <summary>Downloads a model to a folder, which is created if it does not exist.</summary>
    /// <param name="model">The model.</param>
    /// <param name="publisher">The address of the folder of the publisher or a mirror.</param>
    /// <param name="path">The target file.</param>
    /// <param name="progress">Receives the downloaded and the total number of bytes.</param>
    /// <param name="cancellationToken">Cancels the download; the downloaded part is kept for the next run.</param>
    /// <exception cref="IOException">The server cannot be reached, refuses, or sends another file; or the file cannot be
    /// written.</exception>
    public async Task FetchAsync(
        PublishedModel model, Uri publisher, string path, Action<long, long> progress, CancellationToken cancellationToken)
    {
        var source = new Uri(publisher, model.File);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var partial = $"{path}.part";
        try
        {
            await using (var file = Open(partial, model))
            {
                await FillAsync(file, source, model, progress, cancellationToken);
                await CheckAsync(file, model, source, cancellationToken);
            }

            File.Move(partial, path, overwrite: true);
        }
        catch (HttpRequestException exception)
        {
            throw new IOException(
                $"{model.Name}: {source} could not be fetched: {FileText.Line(exception.Message).TrimEnd('.')}. Run the same command " +
                "again to resume the download.", exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException(
                Guard.Text($"{model.Name}: {source.Host} sent no data for {patience.TotalSeconds:0.#} s. Run the same command again ") +
                "to resume the download.", exception);
        }
        catch (WrongFileException)
        {
            File.Delete(partial);
            throw;
        }
    }

    private static FileStream Open(string partial, PublishedModel model)
    {
        try
        {
            return new FileStream(partial, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, ChunkBytes, useAsync: true);
        }
        catch (IOException exception) when (File.Exists(partial))
        {
            throw new IOException($"{model.Name}: {partial} is in use by another fcn pull. Wait for it to end.", exception);
        }
    }

    private async Task FillAsync(
        FileStream file, Uri source, PublishedModel model, Action<long, long> progress, CancellationToken cancellationToken)
    {
        using var response = await AskAsync(source, file.Length, model, cancellationToken);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            // The file is already complete, or too long; the checksum is verified later.
            return;
        }

        // A server without range support, or whose file has changed, sends the whole file.
        file.SetLength(response.StatusCode == HttpStatusCode.PartialContent ? file.Length : 0);
        file.Position = file.Length;
        var total = response.Content.Headers.ContentLength is { } rest ? file.Length + rest : (long?)null;
        if (total > model.MaxBytes)
        {
            throw TooLong(model, source);
        }

        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var chunk = new byte[ChunkBytes];
        while (await ReadAsync(body, chunk, cancellationToken) is > 0 and var count)
        {
            await file.WriteAsync(chunk.AsMemory(0, count), cancellationToken);
            if (file.Position > model.MaxBytes)
            {
                throw TooLong(model, source);
            }

            progress(file.Position, total ?? model.MaxBytes);
        }

        if (file.Position < total)
        {
            throw new HttpRequestException($"the download ended after {file.Position} of {total} bytes.");
        }
    }

    /// <summary>Requests the file from an offset, and follows redirects.</summary>
    private async Task<HttpResponseMessage> AskAsync(Uri source, long from, PublishedModel model, CancellationToken cancellationToken)
    {
        var target = source;
        for (var redirects = 0; redirects <= MaxRedirects; redirects++)
        {
            if (target.Scheme != Uri.UriSchemeHttps && !target.IsLoopback)
            {
                throw new IOException($"{model.Name}: {target} is not HTTPS, so it was not fetched. Give a mirror with HTTPS.");
            }

            using var request = new HttpRequestMessage(HttpMethod.Get, target);
            request.Headers.Range = from > 0 ? new RangeHeaderValue(from, null) : null;
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(patience);
            var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.PartialContent
                or HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                return Checked(response, from);
            }

            using (response)
            {
                target = (int)response.StatusCode is >= 300 and < 400 && response.Headers.Location is { } location
                    ? new Uri(target, location)
                    : throw new IOException(
                        $"{model.Name}: {target} answered {(int)response.StatusCode} {response.ReasonPhrase}. " +
                        "Check the address, and try again later.");
            }
        }

        throw new IOException(
            $"{model.Name}: {source} redirects more than {MaxRedirects} times. Give a mirror that has the file.");
    }

    /// <summary>Refuses a response with another range than the requested one.</summary>
    private static HttpResponseMessage Checked(HttpResponseMessage response, long from)
    {
        if (response.StatusCode == HttpStatusCode.OK
            || (from > 0 && (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable
                || response.Content.Headers.ContentRange?.From == from)))
        {
            return response;
        }

        response.Dispose();
        throw new HttpRequestException("the server sent another range than the requested one.");
    }

    private async Task<int> ReadAsync(Stream body, byte[] chunk, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            return await body.ReadAsync(chunk, limit.Token);
        }
        catch (IOException exception)
        {
            throw new HttpRequestException("the connection ended before the end of the file.", exception);
        }
    }

    /// <summary>Eight digits protect against damage; a whole sum also against an attacker who offers another file of that
    /// name.</summary>
    private static async Task CheckAsync(FileStream file, PublishedModel model, Uri source, CancellationToken cancellationToken)
    {
        file.Position = 0;
        var sum = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
        if (!sum.StartsWith(model.Sha256, StringComparison.Ordinal))
        {
            var published = model.Sha256.Length < sum.Length ? $"{model.Sha256}..." : model.Sha256;
            throw new WrongFileException(
                $"{model.Name}: the file from {source} has the SHA-256 {sum}, but {published} was published, so it was deleted. Run the " +
                "same command again.");
        }
    }

    private static WrongFileException TooLong(PublishedModel model, Uri source) =>
        new($"{model.Name}: {source} is longer than {model.MaxBytes} bytes, so it is another file. It was deleted.");

    /// <summary>The server has another file, so the downloaded part is deleted.</summary>
    private sealed class WrongFileException(string message) : IOException(message);
}
